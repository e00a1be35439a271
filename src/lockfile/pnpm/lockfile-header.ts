import { removePeerSuffix } from './package-id.js';

/** What decides who reads a pnpm lockfile, found without parsing it. */
export type LockfileHeader = {
  /** `null` when no line at the top level says it in the usual way. */
  readonly version: string | null;
  readonly documents: number;
  /** A key that a reader which builds plain objects would lose. */
  readonly hasProtoKey: boolean;
  /** Of 9.0: each package has a snapshot, or there is no package. */
  readonly hasAllSnapshots: boolean;
};

export function parseHeader(text: string): LockfileHeader {
  const versions = [...text.matchAll(/^lockfileVersion:[ \t]*['"]?([\w.-]+)['"]?[ \t]*\r?$/gm)];
  const separators = [...text.matchAll(/^---(?:[ \t\r]|$)/gm)];
  const startsWithOne = separators[0] !== undefined && text.slice(0, separators[0].index).trim() === '';
  return {
    version: versions.at(-1)?.[1] ?? null,
    documents: separators.length + (startsWithOne ? 0 : 1),
    hasProtoKey: text.includes('__proto__'),
    hasAllSnapshots: hasAllSnapshots(text),
  };
}

/**
 * Whether @pnpm/lockfile-file reads this lockfile completely. Of 5.x it loses the direct dependencies, a file of two
 * documents it refuses, a dependency called `__proto__` it drops, and so it does with packages of 9.0 that have no
 * snapshot; without any snapshot it takes 9.0 for 6.0, and cuts off the first character of each name.
 */
export function isForLockfileFile(header: LockfileHeader): boolean {
  const { version, documents, hasProtoKey } = header;
  if (documents !== 1 || hasProtoKey) return false;
  return version === '6.0' || (version === '9.0' && header.hasAllSnapshots);
}

/** By the lines as pnpm writes them; `false` for every other way to write YAML. */
function hasAllSnapshots(text: string): boolean {
  const packages = keysBelow(text, 'packages');
  if (packages === null) return false;
  if (packages.length === 0) return true;
  const snapshots = new Set(keysBelow(text, 'snapshots')?.map(removePeerSuffix));
  return packages.every((key) => snapshots.has(key));
}

/** The keys of a map at the top level, none where it is absent; `null` where its lines are not those of pnpm. */
function keysBelow(text: string, map: string): readonly string[] | null {
  const line = `\n${map}:`;
  const at = text.indexOf(line);
  if (at < 0) return ODD_KEY.test(text) ? null : [];
  const first = text.indexOf('\n', at + 1);
  if (text.lastIndexOf(line) !== at || (first >= 0 && text.slice(at + line.length, first).trim() !== ''))
    return null;
  return keysFrom(text, first);
}

/** @param start where the line before the first key ends */
function keysFrom(text: string, start: number): readonly string[] | null {
  const keys: string[] = [];
  for (let end = start; end >= 0; end = text.indexOf('\n', end + 1)) {
    const indent = indentAt(text, end + 1);
    if (indent === 'blank' || (indent > KEY_INDENT && keys.length > 0)) continue;
    if (indent === 0 && isEndOfMap(text, end + 1)) break;
    const key = indent === KEY_INDENT ? keyAt(text, end + 1 + KEY_INDENT) : null;
    if (key === null) return null;
    keys.push(key);
  }
  return keys;
}

/** Spaces at the start of a line, counted up to one more than a key has. */
function indentAt(text: string, start: number): number | 'blank' {
  const code = text.charCodeAt(start);
  if (code === LF || code === CR) return 'blank';
  let indent = 0;
  while (indent <= KEY_INDENT && text.charCodeAt(start + indent) === SPACE) indent++;
  return indent;
}

/** Whether a line that is not indented is the next key: a value over several lines may have such lines too. */
function isEndOfMap(text: string, start: number): boolean {
  NEXT_KEY.lastIndex = start;
  return NEXT_KEY.test(text) || onlyCommentsFrom(text, start);
}

/** Nothing follows, so no package either; a value that is still open here is no YAML. */
function onlyCommentsFrom(text: string, start: number): boolean {
  const lines = text.slice(start).split('\n');
  return lines.every((line) => line.startsWith('#') || line.trim() === '');
}

const KEY_INDENT = 2;
const NEXT_KEY = /[A-Za-z]+:[ \t\r]*(?:\n|$)/y;
/** A key at the top level that may say the same in another way. */
const ODD_KEY = /^(?:["'?{&!<]|(?:packages|snapshots)[ \t:])/m;
const LF = 10;
const CR = 13;
const SPACE = 32;

function keyAt(text: string, start: number): string | null {
  const end = text.indexOf('\n', start);
  const content = text.slice(start, end < 0 ? text.length : end);
  const [, quoted, plain] = /^(?:'([^']+)'|([^\s'"#?].*?)):(?:\s|$)/.exec(content) ?? [];
  return quoted ?? plain ?? null;
}
