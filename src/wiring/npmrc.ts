import { splitIniLine } from '../model/ini-line.js';
import { asBytes, asText, utf8 } from './change.js';
import { npmrcValue } from './quote.js';

const MARK = '# phantom-guard-install init';
const MARK_OF_NEW = `${MARK}, which made this file`;
/** Before a line of the user's that has no effect while ours is there. */
const KEPT = '# phantom-guard-install init keeps: ';
const BOM = '\u00EF\u00BB\u00BF';

/** What an .npmrc says of a key before its first section; the last one counts. */
export function npmrcSetting(bytes: Buffer | null, key: string): string | null {
  const found = topLines(bytes).flatMap((line) => {
    const [name, value] = splitSetting(line);
    return name === key ? [unquote(value)] : [];
  });
  return found.at(-1) ?? null;
}

/**
 * An .npmrc with the setting in its first lines, so that nothing depends on how the file ends. Other lines with the key
 * become comments, which `removeSetting` makes lines again. All else stays byte for byte.
 */
export function addSetting(bytes: Buffer | null, key: string, value: string): Buffer {
  const [bom, body] = splitBom(bytes);
  const eol = body.includes('\r\n') ? '\r\n' : '\n';
  const ours = [bytes === null ? MARK_OF_NEW : MARK, `${key}=${utf8(npmrcValue(value))}`].map(
    (line) => `${line}${eol}`,
  );
  const kept = mapTop(body, (line) => (splitSetting(line)[0] === key ? `${utf8(KEPT)}${line}` : line));
  return asBytes(`${bom}${ours.join('')}${kept}`);
}

/** The inverse of `addSetting`; `null` where the file was made by it and holds nothing else. */
export function removeSetting(bytes: Buffer | null, key: string): Buffer | null {
  if (bytes === null) return null;
  const [bom, body] = splitBom(bytes);
  const ours = new RegExp(
    `^${MARK}(, which made this file)?\\r?\\n[ \\t]*${key}[ \\t]*=[^\\r\\n]*(?:\\r?\\n|$)`,
    'm',
  );
  const found = ours.exec(body);
  if (found === null) return bytes;
  const rest = `${body.slice(0, found.index)}${body.slice(found.index + found[0].length)}`;
  const kept = `${utf8(KEPT)}`;
  const restored = mapTop(rest, (line) =>
    line.startsWith(kept) && splitSetting(line.slice(kept.length))[0] === key
      ? line.slice(kept.length)
      : line,
  );
  return found[1] !== undefined && restored === '' && bom === '' ? null : asBytes(`${bom}${restored}`);
}

/** The setting without the marks of `addSetting` (`npm config set` drops comments): its lines get another value, or go. */
export function replaceSetting(bytes: Buffer, key: string, from: string, to: string | null): Buffer {
  const [bom, body] = splitBom(bytes);
  const lines = (body.match(/[^\n]*\n|[^\n]+$/g) ?? []).flatMap((line) => {
    const [name, value] = splitSetting(line.replace(/\r?\n$/, ''));
    if (name !== key || unquote(value) !== from) return [line];
    return to === null ? [] : [`${key}=${utf8(npmrcValue(to))}${/\r?\n$/.exec(line)?.[0] ?? ''}`];
  });
  return asBytes(`${bom}${lines.join('')}`);
}

function splitBom(bytes: Buffer | null): readonly [bom: string, body: string] {
  const text = bytes === null ? '' : asText(bytes);
  return text.startsWith(BOM) ? [BOM, text.slice(BOM.length)] : ['', text];
}

function topLines(bytes: Buffer | null): readonly string[] {
  const lines = splitBom(bytes)[1].split(/\r?\n/);
  const section = lines.findIndex(isSection);
  return section < 0 ? lines : lines.slice(0, section);
}

function mapTop(body: string, change: (line: string) => string): string {
  const lines = body.split('\n');
  const section = lines.findIndex(isSection);
  return lines.map((line, index) => (section < 0 || index < section ? change(line) : line)).join('\n');
}

function isSection(line: string): boolean {
  return /^\s*\[/.test(line);
}

function splitSetting(line: string): readonly [key: string | null, value: string] {
  return splitIniLine(line) ?? [null, ''];
}

/** What follows a semicolon or hash is a comment, unless there is a backslash before. */
function withoutComment(text: string): string {
  return (/^(?:\\.|[^;#\\])*/.exec(text)?.[0] ?? text).replace(/\\([\\;#])/g, '$1').trimEnd();
}

function unquote(value: string): string {
  const text = asBytes(value).toString('utf8');
  try {
    if (/^".*"$/.test(text)) return String(JSON.parse(text));
    return /^'(.*)'$/.exec(text)?.[1] ?? withoutComment(text);
  } catch {
    return text;
  }
}
