import { GuardError, type GuardErrorCode } from '../errors.js';
import { findConflictMarker } from './conflict-markers.js';
import type { Fail } from './shape.js';
import { textPosition } from './text-position.js';

const REMAKE = 'Restore it from version control, or make it anew with the package manager.';

/** A lockfile that was read: its text without a byte order mark, and the name to call it by. */
export type LockfileText = { readonly text: string; readonly file: string };

/** Makes the LOCKFILE_UNREADABLE errors of one file. */
export function unreadableLockfile(file: string): Fail {
  return (detail, cause) => new GuardError('LOCKFILE_UNREADABLE', `${file}: ${detail}`, REMAKE, cause);
}

export function duplicateKey(file: string, key: string | null, position: string): GuardError {
  const which = key === null ? 'a key' : `the key ${JSON.stringify(key)}`;
  return new GuardError(
    'LOCKFILE_DUPLICATE_KEY',
    `${file}:${position}: ${which} is there twice in one object`,
    `Readers differ on which of the two counts. ${REMAKE}`,
  );
}

export function unknownVersion(file: string, version: string, known: string): GuardError {
  return new GuardError(
    'LOCKFILE_VERSION_UNKNOWN',
    `${file}: lockfileVersion ${version} is not known here`,
    `Known: ${known}. Make the lockfile with a package manager that writes one of these.`,
  );
}

/** Throws LOCKFILE_CONFLICT (or `code`) when a line of `text` starts with a merge-conflict marker. */
export function assertNoConflict(
  { text, file }: LockfileText,
  code: GuardErrorCode = 'LOCKFILE_CONFLICT',
): void {
  const offset = findConflictMarker(text);
  if (offset < 0) return;
  throw new GuardError(
    code,
    `${file}:${textPosition(text, offset)}: a merge conflict is not resolved`,
    'Resolve the conflict; for a lockfile, running the install of the package manager does it.',
  );
}
