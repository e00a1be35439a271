import { readBlockText } from './block-text.js';
import { type Cursor, endLine, LF, NotPlain, SPACE } from './cursor.js';
import { readFlow } from './flow.js';
import { addMember, emptyMap, readKey } from './key.js';
import { plainValue, readQuoted } from './scalar.js';
import { USUAL_LINE } from './usual-line.js';

const STEP = 2;
const MAX_INDENT = 20 * STEP;
const DASH = 45;

/** Reads the map whose first key is at the cursor, to the first line with fewer spaces. @throws NotPlain */
export function readMap(cursor: Cursor, indent: number): Readonly<Record<string, unknown>> {
  if (indent > MAX_INDENT) throw new NotPlain('deep');
  const map = emptyMap();
  do {
    if (!readUsualLine(cursor, indent, map)) {
      const key = readKey(cursor);
      if (key === null) throw new NotPlain('no key');
      addMember(map, key, readMember(cursor, indent));
    }
  } while (goesOn(cursor, indent));
  return map;
}

/** Reads a member in one go, with all that is below it; `false`, and no move, where its line is of another form. */
function readUsualLine(cursor: Cursor, indent: number, map: Record<string, unknown>): boolean {
  USUAL_LINE.lastIndex = cursor.at;
  const match = USUAL_LINE.exec(cursor.text);
  if (match === null) return false;
  cursor.at = USUAL_LINE.lastIndex;
  const [, plainKey, quotedKey, plain, quoted, innerKey, innerPlain, innerQuoted, close, spaces = ''] = match;
  cursor.indent = spaces.length;
  const key = plainKey ?? quotedKey ?? '';
  if (plain !== undefined) addMember(map, key, plain === 'true' ? true : plain);
  else if (quoted !== undefined) addMember(map, key, quoted);
  else if (close === undefined) addMember(map, key, readBelow(cursor, indent));
  else addMember(map, key, innerKey === undefined ? emptyMap() : { [innerKey]: innerPlain ?? innerQuoted });
  return true;
}

/** What follows the colon of a key. */
function readMember(cursor: Cursor, indent: number): unknown {
  if (cursor.text.charCodeAt(cursor.at) === SPACE) {
    cursor.at++;
    return cursor.text[cursor.at] === '|' ? readBlockText(cursor, indent + STEP) : readInline(cursor);
  }
  endLine(cursor);
  return readBelow(cursor, indent);
}

/** What is below a key with nothing behind its colon; the cursor is at the next line. */
function readBelow(cursor: Cursor, indent: number): unknown {
  if (cursor.indent <= indent) {
    if (cursor.indent === indent && isItem(cursor)) throw new NotPlain('a list that is not indented');
    return null;
  }
  if (cursor.indent !== indent + STEP) throw new NotPlain('indented otherwise');
  return isItem(cursor) ? readList(cursor, indent + STEP) : readMap(cursor, indent + STEP);
}

function readList(cursor: Cursor, indent: number): readonly unknown[] {
  const list: unknown[] = [];
  do {
    if (!isItem(cursor)) throw new NotPlain('no item');
    cursor.at += 2;
    list.push(readItem(cursor, indent));
  } while (goesOn(cursor, indent));
  return list;
}

function readItem(cursor: Cursor, indent: number): unknown {
  const { at } = cursor;
  const isMap = readKey(cursor) !== null;
  cursor.at = at;
  return isMap ? readMap(cursor, indent + STEP) : readInline(cursor);
}

/** A value that ends with its line. */
function readInline(cursor: Cursor): unknown {
  const value = readInlineValue(cursor);
  endLine(cursor);
  return value;
}

function readInlineValue(cursor: Cursor): unknown {
  const { text, at } = cursor;
  const start = text[at];
  if (start === '{' || start === '[') return readFlow(cursor);
  if (start === "'" || start === '"') return readQuoted(cursor);
  cursor.at = text.indexOf('\n', at);
  return plainValue(text.slice(at, cursor.at));
}

function goesOn(cursor: Cursor, indent: number): boolean {
  if (cursor.indent > indent) throw new NotPlain('indented without a key');
  return cursor.indent === indent;
}

function isItem({ text, at }: Cursor): boolean {
  const third = text.charCodeAt(at + 2);
  return text.charCodeAt(at) === DASH && text.charCodeAt(at + 1) === SPACE && third !== SPACE && third !== LF;
}
