/** A word of a command, without its quotes; `dynamic` where the shell, or the reader, puts something else there. */
export type ShellWord = {
  readonly text: string;
  readonly from: number;
  readonly dynamic: boolean;
  readonly quoted: boolean;
};

type Draft = { text: string; readonly from: number; dynamic: boolean; quoted: boolean };

/** What ends a command; braces and parentheses only where they are no part of a word. */
const ENDS = new Set(['\n', '\r', ';', '|', '&', '(', ')', '`']);

/**
 * The commands of a piece of shell text as words: chains, pipes, subshells, quotes, continued lines and comments are known, and
 * the rest of the language is not. A quote that isn't closed in its line is a letter.
 */
export function commandsIn(text: string): readonly (readonly ShellWord[])[] {
  const commands: ShellWord[][] = [[]];
  let word: Draft | null = null;
  let at = 0;
  const endWord = (): void => {
    if (word !== null) commands.at(-1)?.push(word);
    word = null;
  };
  const add = (from: number, part: string, change: Partial<Draft> = {}): void => {
    word ??= { text: '', from, dynamic: false, quoted: false };
    word.text += part;
    if (change.dynamic) word.dynamic = true;
    if (change.quoted) word.quoted = true;
  };
  while (at < text.length) {
    const step = readStep(text, at, word !== null);
    if (step.kind === 'part') add(at, step.text, step);
    else if (step.kind === 'space') endWord();
    else if (step.kind === 'end') {
      endWord();
      if (commands.at(-1)?.length !== 0) commands.push([]);
    }
    at = step.to;
  }
  endWord();
  return commands.filter(({ length }) => length > 0);
}

type Step =
  | {
      readonly kind: 'part';
      readonly text: string;
      readonly to: number;
      readonly dynamic: boolean;
      readonly quoted: boolean;
    }
  | { readonly kind: 'space' | 'end' | 'nothing'; readonly to: number };

function readStep(text: string, at: number, inWord: boolean): Step {
  const character = text.charAt(at);
  const next = text.charAt(at + 1);
  if (/[\\^`]/.test(character) && /[\r\n]/.test(next))
    return { kind: 'nothing', to: at + (text.startsWith('\r\n', at + 1) ? 3 : 2) };
  if (character === '\\' && next !== '') return part(next, at + 2);
  if (character === ' ' || character === '\t') return { kind: 'space', to: at + 1 };
  if (character === '#' && !inWord) return { kind: 'nothing', to: endOfLine(text, at) };
  if (character === '$' && next === '(') return { kind: 'end', to: at + 2 };
  if (ENDS.has(character)) return { kind: 'end', to: at + 1 };
  if (character === "'" || character === '"') return readQuoted(text, at, character);
  if (character === '<' || character === '>') return readAngle(text, at, inWord);
  return part(character, at + 1, character === '$');
}

function readQuoted(text: string, at: number, quote: string): Step {
  const end = endOfLine(text, at);
  let close = at + 1;
  while (close < end && text[close] !== quote) close += quote === '"' && text[close] === '\\' ? 2 : 1;
  if (close >= end) return part(quote, at + 1);
  const inner = text.slice(at + 1, close);
  const dynamic = quote === '"' && /[$`]/.test(inner);
  return { kind: 'part', text: inner, to: close + 1, dynamic, quoted: true };
}

/** `<package>` is a placeholder; anything else with these is a redirection, whose target is no argument. */
function readAngle(text: string, at: number, inWord: boolean): Step {
  const [placeholder] = /^<[^<>\s][^<>\n]{0,60}>/.exec(text.slice(at, at + 64)) ?? [];
  if (placeholder !== undefined) return part(placeholder, at + placeholder.length, true);
  const [redirection = ' '] = /^[<>]+&?[ \t]*[^\s;|&<>]*/.exec(text.slice(at, at + 300)) ?? [];
  const isPrompt = !inWord && /^[ \t>]*$/.test(text.slice(text.lastIndexOf('\n', at - 1) + 1, at));
  return { kind: 'space', to: at + (isPrompt ? 1 : redirection.length) };
}

function part(text: string, to: number, dynamic = false): Step {
  return { kind: 'part', text, to, dynamic, quoted: false };
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}
