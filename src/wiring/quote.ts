import { GuardError } from '../errors.js';

/** A word for POSIX shells. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** A word for fish. */
export function fishWord(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

/** A value for .npmrc. */
export function npmrcValue(text: string): string {
  return /^[\w@%+:,./ -]+$/.test(text) && text.trim() === text ? text : JSON.stringify(text);
}

/**
 * A path that lines of start files and of .npmrc can hold.
 * @throws GuardError USAGE
 */
export function assertWritable(path: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (!/[\u0000-\u001f\u007f]|\$\{|\\/.test(path) && !path.includes(':')) return;
  throw new GuardError(
    'USAGE',
    `the path ${JSON.stringify(path)} cannot stand in a PATH and in .npmrc`,
    'Set PHANTOM_GUARD_HOME to a folder without colons, backslashes, line breaks and "${".',
  );
}
