import { parsePackageName } from '../model/package-name.js';
import { type ResolvedTree, type TreeEntry, UNKNOWN_ENTRY } from '../model/resolved-tree.js';
import { specsTree } from './specs-tree.js';

/** What semver takes for a version, without the rarer forms. */
const EXACT = /^(?=.{1,256}$)\d{1,15}\.\d{1,15}\.\d{1,15}(?:-[\da-z-]+(?:\.[\da-z-]+)*)?$/i;
/** Ranges of one version, and tags. */
const PLAIN = /^(?:[\^~]?\d+(?:\.\d+){0,2}|[a-z][a-z-]*)$/;

/**
 * What `parseSpecs` makes of names with a version, a simple range or a tag, without npm's library; `null` where a spec is anything
 * else.
 */
export function parsePlainSpecs(specs: readonly string[]): ResolvedTree | null {
  const entries: TreeEntry[] = [];
  for (const spec of new Set(specs)) {
    const entry = parsePlainSpec(spec);
    if (entry === null) return null;
    entries.push(entry);
  }
  return specsTree(entries, []);
}

function parsePlainSpec(spec: string): TreeEntry | null {
  const at = spec.indexOf('@', 1);
  const [raw, range] = at < 0 ? [spec, null] : [spec.slice(0, at), spec.slice(at + 1)];
  const registryName = parsePackageName(raw);
  const isOther = /\.(?:tgz|tar\.gz|tar)$|^[~-]/i.test(raw);
  if (registryName === null || isOther || !(range === null || EXACT.test(range) || PLAIN.test(range)))
    return null;
  return {
    ...UNKNOWN_ENTRY,
    id: `spec:${spec}`,
    name: raw,
    registryName,
    version: range !== null && EXACT.test(range) ? range : null,
    spec: range,
    source: 'registry',
    direct: true,
    presence: 'declared',
  };
}
