import { HOLE } from '../scope.js';

/** A command line, cut into what is an option and what is not. */
export type CutWords = {
  readonly words: readonly string[];
  /** Options by their long name, with the values that they were given; a switch has `''`. */
  readonly options: ReadonlyMap<string, readonly string[]>;
  /** What follows `--`. */
  readonly rest: readonly string[];
};

export type OptionRules = {
  /** Long names of options that take a value. */
  readonly valued: ReadonlySet<string>;
  /** Short forms, each with its long name. */
  readonly short: Readonly<Record<string, string>>;
  /** All after the words so far belongs to another program. */
  readonly isOver?: (words: readonly string[]) => boolean;
};

export function names(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}

/** Cuts the arguments of a program. */
export function cutWords(
  args: readonly string[],
  { valued, short, isOver = () => false }: OptionRules,
): CutWords {
  const words: string[] = [];
  const options = new Map<string, string[]>();
  const open = [...args];
  for (let word = open.shift(); word !== undefined; word = open.shift()) {
    if (word === '--') return { words, options, rest: open };
    if (isOver(words) || !/^-./.test(word)) {
      words.push(word);
      continue;
    }
    const at = word.indexOf('=');
    const [key, given] = at < 0 ? [word, null] : [word.slice(0, at), word.slice(at + 1)];
    const name = longName(key, short);
    const value = given ?? (valued.has(name) ? (open.shift() ?? '') : '');
    options.set(name, [...(options.get(name) ?? []), value]);
  }
  return { words, options, rest: [] };
}

function longName(key: string, short: OptionRules['short']): string {
  if (key.startsWith('--')) return key.slice(2).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return short[key.slice(1)] ?? key.slice(1);
}

export function lastOf({ options }: CutWords, ...keys: readonly string[]): string | null {
  return keys.map((key) => options.get(key)?.at(-1)).find((value) => value !== undefined) ?? null;
}

export function isOn(cut: CutWords, key: string): boolean {
  const value = cut.options.get(key)?.at(-1);
  return value !== undefined && value !== 'false';
}

/** Specs of packages without the empty words that a shell may hand over. */
export function specsOf(words: readonly string[]): readonly string[] {
  return words.filter((word) => word !== '' && !(word.startsWith('-') && word !== HOLE));
}
