import { skipSpace } from './json-keys.js';

/** Unrolled, so that the regular expression needs no stack for the characters between two escapes. */
const PLAIN = String.raw`[ !#-\[\]-\u{10FFFF}]*`;
const STRING = String.raw`"${PLAIN}(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4})${PLAIN})*"`;
const NUMBER = String.raw`-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?`;
const WORD = String.raw`(?:${NUMBER}|true|false|null)(?![\w.+\-])`;
const TOKEN = new RegExp(String.raw`[ \t\r\n]*(?:([{}\[\],:])|(${STRING})|${WORD})`, 'uy');

/** What may come next: a value, the first of an array, a key, the first of an object, the colon, or what follows a value. */
type State = 'value' | 'first-value' | 'key' | 'first-key' | 'colon' | 'end';

const ALLOWED: Readonly<Record<State, string>> = {
  value: '{["v',
  'first-value': '{["v]',
  key: '"',
  'first-key': '"}',
  colon: ':',
  end: ',',
};

/** The offset of the first character at which `text` is no JSON; its length when only the end is missing. */
export function findJsonError(text: string): number {
  const open: string[] = [];
  let state: State = 'value';
  for (let at = 0; ; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (match === null) return skipSpace(text, at);
    const kind: string = match[1] ?? (match[2] === undefined ? 'v' : '"');
    const closes = state === 'end' && kind === open.at(-1);
    if (!closes && !isAllowed(state, kind, open.length)) return skipSpace(text, at);
    state = nextState(state, kind, open);
  }
}

function isAllowed(state: State, kind: string, depth: number): boolean {
  return ALLOWED[state].includes(kind) && (state !== 'end' || depth > 0);
}

/** Steps over a token; `open` holds the bracket that closes each open object and array. */
function nextState(state: State, kind: string, open: string[]): State {
  switch (kind) {
    case '{':
      open.push('}');
      return 'first-key';
    case '[':
      open.push(']');
      return 'first-value';
    case ',':
      return open.at(-1) === '}' ? 'key' : 'value';
    case ':':
      return 'value';
    case '"':
      return state === 'key' || state === 'first-key' ? 'colon' : 'end';
    case '}':
    case ']':
      open.pop();
      return 'end';
    default:
      return 'end';
  }
}
