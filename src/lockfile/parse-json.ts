import { findDuplicateKey } from './duplicate-json-key.js';
import { countKeys, countKeyTokens } from './json-keys.js';
import { assertNoConflict, duplicateKey, type LockfileText, unreadableLockfile } from './lockfile-error.js';
import type { Fail } from './shape.js';
import { textPosition } from './text-position.js';

/**
 * Parses the text of a JSON lockfile.
 *
 * @throws GuardError LOCKFILE_CONFLICT, LOCKFILE_UNREADABLE, or LOCKFILE_DUPLICATE_KEY: `JSON.parse` keeps the last of
 * two equal keys, others keep the first, so what is installed would not be what was judged.
 */
export function parseLockfileJson(input: LockfileText): unknown {
  assertNoConflict(input);
  const value = parseJson(input, unreadableLockfile(input.file));
  if (countKeyTokens(input.text) !== countKeys(value)) {
    const duplicate = findDuplicateKey(input.text);
    if (duplicate !== null) {
      throw duplicateKey(input.file, duplicate.key, textPosition(input.text, duplicate.offset));
    }
  }
  return value;
}

/** Parses JSON; the error that `fail` makes says the position. */
export function parseJson({ text }: LockfileText, fail: Fail): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const offset = /at position (\d+)/.exec(reason)?.[1];
    const position = textPosition(text, offset === undefined ? text.length : Number(offset));
    throw fail(`not valid JSON at ${position}: ${reason}`, error);
  }
}
