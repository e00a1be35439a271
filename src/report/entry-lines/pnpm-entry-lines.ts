import { type EntryLines, LineCollector } from './entry-lines.js';

/** `key:` or `key: value`, as pnpm writes it: indented by spaces, the key quoted where YAML needs it. */
const LINE = /^( *)(?:'([^']+)'|"([^"]+)"|([^\s'"#-].*?)):(?:\s+(.*))?$/;
/** `/name/1.0.0_peers` of lockfile version 5, with or without the host of another registry. */
const KEY_OF_5 = /^(?:[^/@]+\.[^/@]+)?\/?((?:@[^/]+\/)?[^/@]+)\/(\d[^/_(]*)/;
const INDENT_OF_ENTRY = 2;
/** Below `importers`, the id of the importer and the kind of dependency. */
const INDENT_OF_REQUEST = 6;

/** Where packages stand in a pnpm-lock.yaml (5.4, 6.0, 9.0). Never throws: of other text less is found. */
export function pnpmEntryLines(text: string): EntryLines {
  const lines = new LineCollector();
  let section = '';
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = readLine(raw);
    if (line === null) continue;
    if (line.indent === 0) section = line.key;
    else addLine(lines, section, line, index + 1);
  }
  return lines;
}

type Line = { readonly indent: number; readonly key: string; readonly value: string };

function readLine(raw: string): Line | null {
  const [, indent = '', single, double, plain, value = ''] = LINE.exec(raw) ?? [];
  const key = single ?? double ?? plain;
  return key === undefined ? null : { indent: indent.length, key, value };
}

function addLine(lines: LineCollector, section: string, { indent, key, value }: Line, number: number): void {
  switch (section) {
    case 'packages':
      if (indent === INDENT_OF_ENTRY) lines.addEntry(...packageOf(key), number);
      return;
    case 'snapshots':
      return;
    case 'importers':
      if (indent === INDENT_OF_REQUEST) lines.addRequest(key, unquoted(value), number);
      return;
    default:
      if (indent === INDENT_OF_ENTRY) lines.addRequest(key, unquoted(value), number);
  }
}

function unquoted(value: string): string {
  return value.replace(/^'(.*)'$/, '$1');
}

/** Name and version of a key of `packages`. */
function packageOf(key: string): readonly [name: string, version: string | null] {
  const [, name, version] = KEY_OF_5.exec(key) ?? [];
  if (name !== undefined && version !== undefined) return [name, version];
  const bare = key.replace(/^\//, '').replace(/\(.*$/, '');
  const at = bare.indexOf('@', 1);
  return at < 0 ? [bare, null] : [bare.slice(0, at), bare.slice(at + 1)];
}
