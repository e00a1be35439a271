import type { ParameterExpansionPart, ParsedScript, Word, WordPart } from 'unbash';
import { HOLE, type Scope } from './scope.js';

/** What a command substitution prints, where the line shows it. */
export type Printed = (script: ParsedScript | undefined, scope: Scope) => string;

/** A piece of a word; `splits` = blanks in it separate words. */
type Segment = { readonly text: string; readonly splits: boolean; readonly isQuoted: boolean };

/** More words than this are no command line that somebody wrote. */
const MOST_FIELDS = 256;
/** A longer value was made to be long. */
export const LONGEST_VALUE = 100_000;

/** The words that a shell makes of one. */
export function expandWord(word: Word, scope: Scope, printed: Printed): readonly string[] {
  if (word.parts === undefined) return expandBraces(word.value);
  const segments = word.parts.flatMap((part) => segmentsOf(part, scope, printed));
  const fields = splitFields(segments);
  const hasBraces = word.parts.some(({ type }) => type === 'BraceExpansion');
  return hasBraces ? fields.flatMap(expandBraces).slice(0, MOST_FIELDS) : fields;
}

/** A word as one text, as in assignments and redirections. */
export function expandText(word: Word, scope: Scope, printed: Printed): string {
  if (word.parts === undefined) return word.value;
  return joined(word.parts.flatMap((part) => segmentsOf(part, scope, printed)));
}

function joined(segments: readonly Segment[]): string {
  const length = segments.reduce((sum, { text }) => sum + text.length, 0);
  return length > LONGEST_VALUE ? HOLE : segments.map(({ text }) => text).join('');
}

/** The text of parts inside of quotes or of a heredoc. */
export function expandParts(parts: readonly WordPart[], scope: Scope, printed: Printed): string {
  return joined(parts.flatMap((part) => segmentsOf(part, scope, printed)));
}

function segmentsOf(part: WordPart, scope: Scope, printed: Printed): readonly Segment[] {
  switch (part.type) {
    case 'Literal':
    case 'Glob':
      return [{ text: part.value, splits: false, isQuoted: false }];
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return [{ text: part.value, splits: false, isQuoted: true }];
    case 'DoubleQuoted':
    case 'LocaleString': {
      const [only] = part.parts;
      // "$@" and "${list[@]}" stay several words.
      if (part.parts.length === 1 && only !== undefined && isList(only))
        return segmentsOf(only, scope, printed);
      const inner = part.parts.flatMap((child) => segmentsOf(child, scope, printed));
      return [{ text: joined(inner), splits: false, isQuoted: true }];
    }
    case 'SimpleExpansion':
      return [{ text: variableValue(part.text.slice(1), scope), splits: true, isQuoted: false }];
    case 'ParameterExpansion':
      return [{ text: parameterValue(part, scope), splits: true, isQuoted: false }];
    case 'CommandExpansion':
      return [{ text: printed(part.script, scope), splits: true, isQuoted: false }];
    case 'BraceExpansion':
      return [{ text: part.text, splits: false, isQuoted: false }];
    case 'ArithmeticExpansion':
    case 'ProcessSubstitution':
    case 'ExtendedGlob':
      return [{ text: HOLE, splits: false, isQuoted: false }];
  }
}

function isList(part: WordPart): boolean {
  if (part.type === 'SimpleExpansion') return part.text === '$@';
  return part.type === 'ParameterExpansion' && (part.parameter === '@' || part.index?.value === '@');
}

function variableValue(name: string, { vars, positional }: Scope): string {
  if (/^[@*]$/.test(name)) return positional === null ? HOLE : positional.slice(1).join(' ');
  if (/^\d+$/.test(name)) return positional === null ? HOLE : (positional[Number(name)] ?? '');
  return vars.get(name) ?? HOLE;
}

/** Only `${X}` and its defaults are worked out; whatever else is done to a value hides it. */
function parameterValue(part: ParameterExpansionPart, scope: Scope): string {
  const isWhole = part.index === undefined || /^[@*]$/.test(part.index.value);
  if (part.prefix !== undefined || !isWhole) return HOLE;
  const value = variableValue(part.parameter, scope);
  if (part.operation === undefined) return value;
  const isDefault = part.operation.type === 'Default' && /^:?[-=?]$/.test(part.operation.operator);
  return isDefault && value !== '' ? value : HOLE;
}

function splitFields(segments: readonly Segment[]): readonly string[] {
  const fields = [''];
  for (const { text, splits } of segments) {
    const [first = '', ...rest] = splits ? text.split(/[ \t\n]+/) : [text];
    fields.push(`${fields.pop() ?? ''}${first}`, ...rest);
    if (fields.length > MOST_FIELDS) return [HOLE];
  }
  const isQuoted = segments.some((segment) => segment.isQuoted);
  return isQuoted && fields.length === 1 ? fields : fields.filter((field) => field !== '');
}

/** `a{b,c}` of plain words; what is nested, a sequence or too much hides what it stands for. */
function expandBraces(text: string): readonly string[] {
  let words: readonly string[] = [text];
  while (words.length <= MOST_FIELDS) {
    const split = words.map(splitBrace);
    if (split.every(({ length }) => length === 1)) break;
    words = split.flat();
  }
  return words.length > MOST_FIELDS || words.some((word) => UNSPLIT.test(word)) ? [HOLE] : words;
}

const UNSPLIT = /\{[^{}]*\.\.[^{}]*\}|\{[^}]*\{/;

/** The words that the first braces of a word make of it. */
function splitBrace(text: string): readonly string[] {
  const found = text.length > LONGEST_VALUE ? null : /\{([^{},]*(?:,[^{},]*)+)\}/.exec(text);
  if (found === null) return [text];
  const [braces, choices = ''] = found;
  const before = text.slice(0, found.index);
  const after = text.slice(found.index + braces.length);
  return choices.split(',').map((choice) => `${before}${choice}${after}`);
}
