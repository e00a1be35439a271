import { type Cursor, NotPlain } from './cursor.js';
import { addMember, emptyMap, readKey } from './key.js';
import { plainValue, readQuoted } from './scalar.js';

const MAX_DEPTH = 20;
const PLAIN = /[^,[\]{}\n]+/y;

/** Reads `{a: b, 'c': [d]}` or `[a, 'b']` on one line, with spaces behind commas and colons only. @throws NotPlain */
export function readFlow(cursor: Cursor, depth = 0): unknown {
  if (depth > MAX_DEPTH) throw new NotPlain('deep');
  return cursor.text[cursor.at] === '{' ? readFlowMap(cursor, depth) : readFlowList(cursor, depth);
}

function readFlowMap(cursor: Cursor, depth: number): Readonly<Record<string, unknown>> {
  const map = emptyMap();
  if (opensEmpty(cursor, '}')) return map;
  do {
    const key = readKey(cursor);
    if (key === null || cursor.text[cursor.at] !== ' ') throw new NotPlain('a member without a value');
    cursor.at++;
    addMember(map, key, readFlowValue(cursor, depth));
  } while (hasMore(cursor, '}'));
  return map;
}

function readFlowList(cursor: Cursor, depth: number): readonly unknown[] {
  const list: unknown[] = [];
  if (opensEmpty(cursor, ']')) return list;
  do list.push(readFlowValue(cursor, depth));
  while (hasMore(cursor, ']'));
  return list;
}

function readFlowValue(cursor: Cursor, depth: number): unknown {
  const { text, at } = cursor;
  const start = text[at];
  if (start === '{' || start === '[') return readFlow(cursor, depth + 1);
  if (start === "'" || start === '"') return readQuoted(cursor);
  PLAIN.lastIndex = at;
  const raw = PLAIN.exec(text)?.[0];
  if (raw === undefined) throw new NotPlain('no value');
  cursor.at = PLAIN.lastIndex;
  return plainValue(raw);
}

/** Moves behind the opening bracket, and behind the closing one that follows at once. */
function opensEmpty(cursor: Cursor, closing: string): boolean {
  cursor.at++;
  if (cursor.text[cursor.at] !== closing) return false;
  cursor.at++;
  return true;
}

/** Moves behind a comma and its space, or behind the closing bracket. */
function hasMore(cursor: Cursor, closing: string): boolean {
  const { text, at } = cursor;
  if (text[at] === closing) {
    cursor.at++;
    return false;
  }
  if (text[at] !== ',' || text[at + 1] !== ' ') throw new NotPlain('no comma');
  cursor.at += 2;
  return true;
}
