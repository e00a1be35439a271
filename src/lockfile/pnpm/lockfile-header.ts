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
  const lines = [...text.matchAll(new RegExp(`^(["']?)${map}\\1[ \\t]*:(.*)$`, 'gm'))];
  const [line] = lines;
  if (line === undefined) return [];
  if (lines.length > 1 || line[2]?.trim() !== '') return null;
  const keys: string[] = [];
  for (
    let start = line.index + line[0].length + 1;
    start > 0 && start < text.length;
    start = text.indexOf('\n', start) + 1
  ) {
    const indent = indentAt(text, start);
    if (indent === 0) break;
    if (indent !== 2) continue;
    const key = keyAt(text, start);
    if (key === null) return null;
    keys.push(key);
  }
  return keys;
}

const SPACE = 32;
const LINE_ENDS: ReadonlySet<number> = new Set([10, 13]);

/** Spaces at the start of a line: 0, 1, 2, or 3 for more; an empty line counts as 3. */
function indentAt(text: string, start: number): number {
  for (let indent = 0; indent < 3; indent++) {
    const code = text.charCodeAt(start + indent);
    if (LINE_ENDS.has(code)) return 3;
    if (code !== SPACE) return indent;
  }
  return 3;
}

function keyAt(text: string, start: number): string | null {
  const end = text.indexOf('\n', start);
  const content = text.slice(start + 2, end < 0 ? text.length : end);
  const [, quoted, plain] = /^(?:'([^']+)'|([^\s'"#?].*?)):(?:\s|$)/.exec(content) ?? [];
  return quoted ?? plain ?? null;
}
