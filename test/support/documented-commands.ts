import type { Page } from './markdown-pages.js';

export type DocumentedCommand = {
  /** FILE:LINE of the page. */
  readonly place: string;
  /** Behind the name of the program. */
  readonly words: readonly string[];
};

/** Not where the name is a word for another program, as in `npm view phantom-guard-install version`. */
const PROGRAM =
  /(?<!\bp?npm (?:add|i|info|install|pack|view)\b[^|;&]*)(?<![\w/.@-])phantom-guard-install(?:@[\w.-]+)?[ \t]+(?=\S)(.*)/g;
/** Where a command of a shell ends; also the end of what a page quotes. */
const END = /^(?:[|;)}&>`…]|\d?>|#$|#\s)/;

/** The command lines of our program in the code of a page: blocks of any language, and code within a line. */
export function commandsOf({ file, blocks, inlineCode }: Page): readonly DocumentedCommand[] {
  const inBlocks = blocks.flatMap(({ text, line, language }) =>
    OUTPUT.has(language) ? [] : commandsIn(text, (index) => `${file}:${line + index}`),
  );
  const inLines = inlineCode.flatMap(({ text, line }) => commandsIn(text, () => `${file}:${line}`));
  return [...inBlocks, ...inLines];
}

/** A block of what programs print, or of another program. */
const OUTPUT: ReadonlySet<string> = new Set(['json', 'jsonc', 'ts', 'text', 'ini']);

function commandsIn(text: string, placeOf: (index: number) => string): readonly DocumentedCommand[] {
  return text.split('\n').flatMap((_, index, lines) => {
    if (lines[index - 1]?.endsWith('\\') === true) return [];
    const line = joined(lines, index);
    return [...line.matchAll(PROGRAM)].map((match) => ({
      place: placeOf(index),
      words: wordsOf(match[1] ?? ''),
    }));
  });
}

/** A line with those that it goes on in, behind a backslash. */
function joined(lines: readonly string[], index: number): string {
  const line = lines[index] ?? '';
  return line.endsWith('\\') ? `${line.slice(0, -1)} ${joined(lines, index + 1).trim()}` : line;
}

/** The words of the first command of `text`, as a shell sees them; variables stay as they are. */
export function wordsOf(text: string): readonly string[] {
  const words: string[] = [];
  let rest = text.trimStart();
  while (rest !== '' && !END.test(rest)) {
    const word = /^(?:"[^"]*"|'[^'\n]*'|\\.|\[[^\]]*\]|[^\s"'|;)&>`])+/.exec(rest)?.[0];
    // A quote that nobody closes here closes what the command stands in, as in `sh '…'`.
    if (word === undefined) break;
    words.push(word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'));
    rest = rest.slice(word.length).trimStart();
  }
  return words;
}
