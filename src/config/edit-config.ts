import { applyEdits, type Edit, findNodeAtLocation, modify, type Node } from 'jsonc-parser';
import type { ConfigFile } from './config-file.js';
import { insertInto } from './insert-json.js';
import { parseDocument } from './parse-document.js';
import { styleOf } from './text-style.js';

/** A member of an entry, or `undefined` for one that it must not have. */
export type Member = string | readonly string[] | undefined;

/** The text with one more exception, which comes last. `file` holds a valid configuration. */
export function appendException(file: ConfigFile, entry: object): string {
  const { config } = parseDocument(file);
  const list = findNodeAtLocation(config, ['exceptions']);
  const style = styleOf(file.text);
  const edit: Edit =
    list === undefined
      ? insertInto(file.text, config, 'exceptions', [entry], style)
      : insertInto(file.text, list, null, entry, style);
  return applyEdits(file.text, [edit]);
}

/** The text with these members of the exception at `index` set or removed; members that are as wanted stay. */
export function updateException(
  file: ConfigFile,
  index: number,
  members: Readonly<Record<string, Member>>,
): string {
  return Object.entries(members).reduce(
    (text, [key, value]) => setMember({ ...file, text }, index, key, value),
    file.text,
  );
}

function setMember(file: ConfigFile, index: number, key: string, value: Member): string {
  const entry = entryAt(file, index);
  const current = findNodeAtLocation(entry, [key]);
  if (current !== undefined) {
    if (current.value === value) return file.text;
    return applyEdits(file.text, modify(file.text, [...file.keyPath, 'exceptions', index, key], value, {}));
  }
  if (value === undefined) return file.text;
  return applyEdits(file.text, [insertInto(file.text, entry, key, value, styleOf(file.text))]);
}

function entryAt(file: ConfigFile, index: number): Node {
  const entry = findNodeAtLocation(parseDocument(file).config, ['exceptions', index]);
  if (entry === undefined) throw new RangeError(`no exception at ${index}`);
  return entry;
}
