import { findDuplicateKey } from './duplicate-json-key.js';
import { findJsonError } from './json-error-offset.js';
import { countKeyMarks, countKeys } from './json-keys.js';
import { assertNoConflict, duplicateKey, type LockfileText, unreadableLockfile } from './lockfile-error.js';
import type { Fail } from './shape.js';
import { textPosition } from './text-position.js';

/** Above this many characters the place of a syntax error is not looked for. */
const MAX_LOCATED_LENGTH = 4 * 1024 * 1024;

/**
 * Parses the text of a JSON lockfile.
 *
 * @throws GuardError LOCKFILE_CONFLICT, LOCKFILE_UNREADABLE, or LOCKFILE_DUPLICATE_KEY: `JSON.parse` keeps the last of
 * two equal keys, others keep the first, so what is installed would not be what was judged.
 */
export function parseLockfileJson(input: LockfileText): unknown {
  assertNoConflict(input);
  const value = parseJson(input, unreadableLockfile(input.file));
  if (countKeyMarks(input.text) !== countKeys(value)) {
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
    if (text.length > MAX_LOCATED_LENGTH) throw fail('not valid JSON', error);
    throw fail(`not valid JSON at ${textPosition(text, findJsonError(text))}`, error);
  }
}
