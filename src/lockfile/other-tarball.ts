import { parsePackageName } from '../model/package-name.js';
import type { TreeEntry, Unchecked } from '../model/resolved-tree.js';
import { withoutSecrets } from '../model/secrets.js';
import { parseTarballUrl, tarballPath } from '../model/tarball-url.js';
import type { DraftTree, OpenRequest } from './draft-tree.js';

export type OtherTarballs = { readonly lines: readonly Unchecked[]; readonly open: readonly OpenRequest[] };

/**
 * The entries of a registry's name whose `resolved` is no tarball of that name. They are judged by their name, and a
 * name that the URL has in its place is judged beside it; so is the name in a URL that somebody asks for.
 */
export function findOtherTarballs(draft: DraftTree): OtherTarballs {
  const lines: Unchecked[] = [];
  const others = new Map<string, { readonly entry: TreeEntry; readonly name: string }>();
  for (const entry of draft.entries) {
    const { id } = entry;
    const resolved = absolute(entry);
    if (resolved === null) continue;
    const named = nameIn(entry, resolved);
    if (named === 'unknown') lines.push({ id, reason: formUnknown(resolved) });
    else if (named !== null && parsePackageName(named.name) !== null) others.set(id, { entry, ...named });
  }
  return { lines, open: others.size === 0 ? [] : requestsFor(others, draft) };
}

/** The URL of the tarball; pnpm leaves out the address of the registry. `null` for everything but http and https. */
function absolute({ source, resolved }: TreeEntry): string | null {
  if (resolved === null || /^https?:/i.test(resolved)) return resolved;
  const isRelative = source === 'registry' && !/^[a-z][a-z\d+.-]*:/i.test(resolved);
  return isRelative ? `https://registry.invalid/${resolved}` : null;
}

/** The name in the URL that is to be judged beside the entry's; `unknown` where a registry's entry should have one. */
function nameIn(entry: TreeEntry, resolved: string): { readonly name: string } | 'unknown' | null {
  if (entry.source === 'remote') {
    const name = parseTarballUrl(resolved)?.name ?? null;
    return name === null ? null : { name };
  }
  if (entry.source !== 'registry' || isPlainlyOwn(entry, resolved)) return null;
  const name = parseTarballUrl(resolved)?.name ?? null;
  if (name === null) return 'unknown';
  return name === entry.name ? null : { name };
}

/** The usual case, without taking the URL apart. */
function isPlainlyOwn({ name, version }: TreeEntry, resolved: string): boolean {
  if (version === null) return false;
  const end = `/${tarballPath(name, version)}`;
  return resolved.endsWith(end) && !/[?#]|\/@[^/]*$/.test(resolved.slice(0, -end.length));
}

function formUnknown(url: string): string {
  return `resolved is no tarball of this name in a registry: ${withoutSecrets(url).slice(0, 200)}`;
}

function requestsFor(
  others: ReadonlyMap<string, { readonly entry: TreeEntry; readonly name: string }>,
  { edges, importers }: DraftTree,
): readonly OpenRequest[] {
  const projects = new Set(importers.map(({ id }) => id));
  const open: OpenRequest[] = [];
  const lost = new Set(others.keys());
  const ask = (id: string, from: string): void => {
    const other = others.get(id);
    if (other === undefined) return;
    lost.delete(id);
    const { entry, name } = other;
    open.push({ key: name, spec: '*', kind: 'prod', from, direct: projects.has(from), dev: entry.dev });
  };
  for (const [from, to] of edges) for (const id of to) ask(id, from);
  for (const id of [...lost]) ask(id, 'root');
  return open;
}
