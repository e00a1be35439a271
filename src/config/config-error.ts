import { GuardError } from '../errors.js';
import { formatKeyPath, type KeyPath } from './key-path.js';
import { textPosition } from './text-position.js';

/** One thing that is wrong with a configuration. */
export type ConfigProblem = {
  /** Where in the text, in UTF-16 units. */
  readonly offset: number;
  readonly keyPath: KeyPath;
  readonly message: string;
  /** What to write instead. */
  readonly hint: string;
};

const MAX_SHOWN = 5;

/**
 * The CONFIG_INVALID error of a file with at least one problem: the first ones as `file:line:column: key: message`, in
 * the order of the text, and the hint for the very first.
 */
export function configInvalid(
  { label, text }: { readonly label: string; readonly text: string },
  problems: readonly ConfigProblem[],
  cause?: unknown,
): GuardError {
  const sorted = problems.toSorted((a, b) => a.offset - b.offset);
  const shown = sorted.slice(0, MAX_SHOWN).map(({ offset, keyPath, message }) => {
    const key = keyPath.length === 0 ? '' : `${formatKeyPath(keyPath)}: `;
    return `${label}:${textPosition(text, offset)}: ${key}${message}`;
  });
  const more = sorted.length > shown.length ? [`and ${sorted.length - shown.length} more`] : [];
  return new GuardError('CONFIG_INVALID', [...shown, ...more].join('; '), sorted[0]?.hint ?? '', cause);
}
