import { GuardError } from '../errors.js';

/** `reason` is part of a sentence: "the feed …: reason". */
export function unreadableFeed(reason: string, cause?: unknown): GuardError {
  const hint = 'Check the path or address of the feed, or take it out of the configuration.';
  return new GuardError('FEED_UNREADABLE', reason, hint, cause);
}

/** Why a feed could not be read, whatever was thrown. */
export function reasonOf(error: unknown): string {
  if (error instanceof GuardError) return error.message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : null;
  return `it cannot be read (${code ?? (error instanceof Error ? error.name : 'unknown error')})`;
}
