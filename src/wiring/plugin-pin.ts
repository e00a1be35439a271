/** The name of this program as a plugin of pnpm. */
export const PLUGIN_NAME = 'pnpm-plugin-phantom-guard';

const KEY = 'configDependencies';
const MARK = '# phantom-guard-install init';
const MARK_OF_NEW = `${MARK}, which made this file`;
const BLOCK = new RegExp(`^(['"]?)${KEY}\\1[ \\t]*:[ \\t]*(?:#.*)?$`);
const ENTRY = new RegExp(`^([ \\t]+(['"]?)${PLUGIN_NAME}\\2[ \\t]*:[ \\t]*)(\\S*)([ \\t]*(?:#.*)?)$`);
const CHILD = /^[ \t]+[^\s#]/;
const NEXT_KEY = /^[^\s#]/;
/** The start of a document, with what may stand before it. */
const HEAD = /^(?:(?:[ \t]*(?:#[^\n]*)?|%[^\n]*)\r?\n)*---[ \t]*\r?\n/;

type Lines = { readonly bom: string; readonly lines: readonly string[]; readonly eol: string };

/**
 * A pnpm-workspace.yaml that has the plugin at `pin` (`VERSION+INTEGRITY`); all else stays as it is. Whether the file is
 * one that lines can be edited in (block style) is for the caller to find out, by parsing the result.
 */
export function addPin(text: string | null, pin: string): string {
  if (text === null) return `${[MARK_OF_NEW, `${KEY}:`, entryLine('  ', pin)].join('\n')}\n`;
  const { bom, lines, eol } = split(text);
  const block = blockOf(lines);
  if (block === null) {
    const head = HEAD.exec(text.slice(bom.length))?.[0] ?? '';
    const ours = [MARK, `${KEY}:`, entryLine('  ', pin)].map((line) => `${line}${eol}`).join('');
    return `${bom}${head}${ours}${text.slice(bom.length + head.length)}`;
  }
  const { at, entry, indent } = block;
  if (entry === null) return join(bom, lines.toSpliced(at + 1, 0, `${entryLine(indent, pin)}${eol}`));
  const line = lines[entry] ?? '';
  const [, before = '', , , behind = ''] = ENTRY.exec(withoutEnd(line)) ?? [];
  return join(bom, lines.toSpliced(entry, 1, `${before}${pin}${behind}${endOf(line)}`));
}

/** The inverse of {@link addPin}; `null` where the file was made by it and holds nothing else. */
export function removePin(text: string): string | null {
  const { bom, lines } = split(text);
  const block = blockOf(lines);
  if (block === null || block.entry === null) return text;
  const rest = lines.toSpliced(block.entry, 1);
  const mark = withoutEnd(rest[block.at - 1] ?? '');
  if (mark !== MARK && mark !== MARK_OF_NEW) return join(bom, rest);
  const isEmpty = !rest.slice(block.at + 1, endOfBlock(rest, block.at)).some((line) => CHILD.test(line));
  const left = join(bom, rest.toSpliced(block.at - 1, isEmpty ? 2 : 1));
  return mark === MARK_OF_NEW && left === '' ? null : left;
}

/** The pin that a pnpm-workspace.yaml has; `null` = there is none on a line of its own. */
export function pinIn(text: string): string | null {
  const { lines } = split(text);
  const line = lines[blockOf(lines)?.entry ?? -1];
  const value = line === undefined ? null : (ENTRY.exec(withoutEnd(line))?.[3] ?? null);
  return value === null ? null : value.replace(/^(['"])(.*)\1$/, '$2');
}

type Block = {
  /** The line of the key. */
  readonly at: number;
  /** The line of the plugin. */
  readonly entry: number | null;
  /** Of the lines in the block. */
  readonly indent: string;
};

function blockOf(lines: readonly string[]): Block | null {
  const at = lines.findIndex((line) => BLOCK.test(withoutEnd(line)));
  if (at < 0) return null;
  const children = lines.slice(at + 1, endOfBlock(lines, at));
  const entry = children.findIndex((line) => ENTRY.test(withoutEnd(line)));
  const indent = /^[ \t]+/.exec(children.find((line) => CHILD.test(line)) ?? '')?.[0] ?? '  ';
  return { at, entry: entry < 0 ? null : at + 1 + entry, indent };
}

function endOfBlock(lines: readonly string[], at: number): number {
  const after = lines.slice(at + 1).findIndex((line) => NEXT_KEY.test(line));
  return after < 0 ? lines.length : at + 1 + after;
}

function entryLine(indent: string, pin: string): string {
  return `${indent}${PLUGIN_NAME}: ${pin}`;
}

function split(text: string): Lines {
  const bom = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const lines = text.slice(bom.length).match(/[^\n]*\n|[^\n]+$/g) ?? [];
  return { bom, lines, eol: text.includes('\r\n') ? '\r\n' : '\n' };
}

function join(bom: string, lines: readonly string[]): string {
  return `${bom}${lines.join('')}`;
}

function withoutEnd(line: string): string {
  return line.replace(/\r?\n$/, '');
}

function endOf(line: string): string {
  return /\r?\n$/.exec(line)?.[0] ?? '';
}
