import { type Cursor, NotPlain } from './cursor.js';

/** At least what any version of js-yaml takes for a number: `1`, `1_000`, `0x1F`, `1e3`, `.5`, `+.inf`. */
const LIKE_NUMBER =
  /^[-+]?(?:0[box][\da-f_]*|[\d_]+(?:\.[\d_]*)?(?:e[-+]?\d*)?|\.[\d_]+(?:e[-+]?\d*)?|\.inf|\.nan)$/i;
/** Numbers that JavaScript reads as every version of YAML does. */
const NUMBER = /^(?:0|[1-9]\d{0,8})(?:\.\d{1,6})?$/;
/** At least the beginning of what is taken for a date. */
const LIKE_DATE = /^\d{4}-\d\d?-\d\d?(?:$|[\sT])/i;
const LIKE_WORD = /^(?:null|true|false|~)$/i;
/** First characters of plain scalars; none of them starts anything else in YAML. */
const STARTS_NUMBER = /^[\d.+]/;
const STARTS_PLAIN = /^[\w/.^~<$(+]/;
/** What ends a plain scalar, or may: a key's colon, a comment, spaces at the end of a line. */
const ENDS_PLAIN = /: | #|[: ]$/;

/**
 * The value of a scalar without quotes.
 *
 * @throws NotPlain where it may be more than one scalar, or of a type other than in JSON
 */
export function plainValue(raw: string): string | number | boolean | null {
  if (!STARTS_PLAIN.test(raw) || ENDS_PLAIN.test(raw)) throw new NotPlain('no plain scalar');
  if (STARTS_NUMBER.test(raw)) {
    if (LIKE_NUMBER.test(raw)) {
      if (NUMBER.test(raw)) return Number(raw);
      throw new NotPlain('an odd number');
    }
    if (LIKE_DATE.test(raw)) throw new NotPlain('a date');
    return raw;
  }
  if (LIKE_WORD.test(raw)) return wordValue(raw);
  if (raw.startsWith('<<')) throw new NotPlain('a merge');
  return raw;
}

function wordValue(raw: string): boolean | null {
  if (raw === 'true') return true;
  if (raw === 'false') return false;
  if (raw === 'null') return null;
  throw new NotPlain('an odd word');
}

const SINGLE = /'((?:[^'\n]|'')*)'/y;
const DOUBLE = /"((?:[^"\\\n]|\\[nt"\\])*)"/y;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', '"': '"', '\\': '\\' };

/** Reads a scalar in single or double quotes that ends on its line. @throws NotPlain */
export function readQuoted(cursor: Cursor): string {
  const { text, at } = cursor;
  const quoted = text[at] === '"' ? DOUBLE : SINGLE;
  quoted.lastIndex = at;
  const raw = quoted.exec(text)?.[1];
  if (raw === undefined) throw new NotPlain('a quote of several lines');
  cursor.at = quoted.lastIndex;
  return quoted === SINGLE
    ? raw.replaceAll("''", "'")
    : raw.replace(/\\(.)/g, (_, letter: string) => ESCAPES[letter] ?? '');
}
