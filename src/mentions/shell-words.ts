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
    const step = readStep(text, at, placeOf(word, commands.at(-1)));
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

/** Where in a command a character stands. */
type Place = 'before-words' | 'between-words' | 'in-word';

function placeOf(word: Draft | null, command: readonly ShellWord[] = []): Place {
  if (word !== null) return 'in-word';
  return command.length === 0 ? 'before-words' : 'between-words';
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

function readStep(text: string, at: number, place: Place): Step {
  const character = text.charAt(at);
  switch (character) {
    case ' ':
    case '\t':
      return { kind: 'space', to: at + 1 };
    case '#':
      return place === 'in-word' ? part(character, at + 1) : { kind: 'nothing', to: endOfLine(text, at) };
    case '$':
      return text[at + 1] === '(' ? { kind: 'end', to: at + 2 } : part(character, at + 1, true);
    case "'":
    case '"':
      return readQuoted(text, at, character);
    case '<':
    case '>':
      return readAngle(text, at, place);
    default:
      return (
        readEscape(text, at) ?? (ENDS.has(character) ? { kind: 'end', to: at + 1 } : part(character, at + 1))
      );
  }
}

/** Lines go on behind these: in shells, in cmd and in PowerShell. Only the first makes letters of other characters. */
function readEscape(text: string, at: number): Step | null {
  const [continued] = /^[\\^`]\r?\n/.exec(text.slice(at, at + 3)) ?? [];
  if (continued !== undefined) return { kind: 'nothing', to: at + continued.length };
  return text[at] === '\\' && at + 1 < text.length ? part(text.charAt(at + 1), at + 2) : null;
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
function readAngle(text: string, at: number, place: Place): Step {
  const [placeholder] = /^<[^<>\s][^<>\n]{0,60}>/.exec(text.slice(at, at + 64)) ?? [];
  if (placeholder !== undefined) return part(placeholder, at + placeholder.length, true);
  const [redirection = ' '] = /^[<>]+&?[ \t]*[^\s;|&<>]*/.exec(text.slice(at, at + 300)) ?? [];
  const isPrompt = place === 'before-words';
  return { kind: 'space', to: at + (isPrompt ? 1 : redirection.length) };
}

function part(text: string, to: number, dynamic = false): Step {
  return { kind: 'part', text, to, dynamic, quoted: false };
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}
