/** Every code; docs/reference/cli.md says what each means. */
export const GUARD_ERROR_CODES = [
  'USAGE',
  'NOT_YET',
  'NO_PROJECT',
  'UNSUPPORTED_MANAGER',
  'NO_MANAGER',
  'PROJECT_BUSY',
  'PROJECT_CHANGED',
  'INPUT_NOT_FOUND',
  'INPUT_UNREADABLE',
  'INPUT_TOO_LARGE',
  'MANIFEST_UNREADABLE',
  'LOCKFILE_UNREADABLE',
  'LOCKFILE_CONFLICT',
  'LOCKFILE_DUPLICATE_KEY',
  'LOCKFILE_VERSION_UNKNOWN',
  'SINCE_UNUSABLE',
  'SPEC_INVALID',
  'NAME_INVALID',
  'REGISTRY_CONFIG_INVALID',
  'REGISTRY_UNAVAILABLE',
  'CONFIG_INVALID',
  'CONFIG_UNREADABLE',
  'CACHE_UNUSABLE',
  'FEED_UNREADABLE',
  'DATA_UNREADABLE',
  'DATA_DAMAGED',
  'DATA_VERSION_UNKNOWN',
  'OUTPUT_UNWRITABLE',
  'INTERRUPTED',
  'INTERNAL',
] as const;

/**
 * The codes under which "could not decide" reaches the user and the JSON report.
 * Findings are values; one of these means that no verdict was possible.
 */
export type GuardErrorCode = (typeof GUARD_ERROR_CODES)[number];

/** The one exception of this program: a literal `code`, a `message`, a `hint` that the user can act on, and the cause. */
export class GuardError extends Error {
  readonly code: GuardErrorCode;
  readonly hint: string;

  constructor(code: GuardErrorCode, message: string, hint: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'GuardError';
    this.code = code;
    this.hint = hint;
  }
}
