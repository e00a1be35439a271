import { type Cursor, NotPlain } from './cursor.js';
import { plainValue } from './scalar.js';

/** A key on one line with its colon: plain, or in single quotes without one inside. */
const KEY = /(?:([\w/.$(][\w@/.+~^()#?&%=$*-]*(?::[\w@/.+~^()#?&%=$*-]+)*)|'([^'\n]+)'):(?= [^ ]|\n)/y;

/** Moves behind the colon of a key; `null`, and no move, where there is none of the usual form. @throws NotPlain */
export function readKey(cursor: Cursor): string | null {
  KEY.lastIndex = cursor.at;
  const match = KEY.exec(cursor.text);
  if (match === null) return null;
  cursor.at = KEY.lastIndex;
  const [, plain, quoted = ''] = match;
  if (plain === undefined) return quoted;
  if (typeof plainValue(plain) !== 'string') throw new NotPlain('a key that is no string');
  return plain;
}

/** A map to which members are added. Without a prototype V8 keeps it as a table, and makes no new shape for each key. */
export function emptyMap(): Record<string, unknown> {
  return Object.create(null);
}

/** Adds a member to a map. @throws NotPlain for a key that is there already, and for `__proto__` */
export function addMember(map: Record<string, unknown>, key: string, value: unknown): void {
  if (map[key] !== undefined || key === '__proto__') throw new NotPlain('a key twice');
  map[key] = value;
}
