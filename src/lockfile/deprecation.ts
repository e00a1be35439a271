/** Notices are sentences; what is longer is cut. */
const MAX_LENGTH = 500;

/** The deprecation notice of a lockfile's entry; anything but a text with content counts as none. */
export function noticeOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const notice = value.trim().slice(0, MAX_LENGTH);
  return notice === '' ? null : notice;
}
