import { parsePackageName } from '../model/package-name.js';
import type { TreeEntry, Unchecked } from '../model/resolved-tree.js';
import { parseTarballUrl, tarballPath } from '../model/tarball-url.js';
import type { DraftTree, OpenRequest } from './draft-tree.js';

export type OtherTarballs = { readonly lines: readonly Unchecked[]; readonly open: readonly OpenRequest[] };

/**
 * The entries of a registry's name whose `resolved` is no tarball of that name. They are judged by their name, and a
 * name that the URL has in its place is judged beside it.
 */
export function findOtherTarballs(draft: DraftTree): OtherTarballs {
  const lines: Unchecked[] = [];
  const others = new Map<string, { readonly entry: TreeEntry; readonly name: string }>();
  for (const entry of draft.entries) {
    if (entry.source !== 'registry' || entry.resolved === null || !/^https?:/i.test(entry.resolved)) continue;
    if (isPlainlyOwn(entry, entry.resolved)) continue;
    const name = parseTarballUrl(entry.resolved)?.name ?? null;
    if (name === entry.name) continue;
    if (name === null) lines.push({ id: entry.id, reason: formUnknown(entry.resolved) });
    else if (parsePackageName(name) !== null) others.set(entry.id, { entry, name });
  }
  return { lines, open: others.size === 0 ? [] : requestsFor(others, draft) };
}

/** The usual case, without taking the URL apart. */
function isPlainlyOwn({ name, version }: TreeEntry, resolved: string): boolean {
  if (version === null) return false;
  const end = `/${tarballPath(name, version)}`;
  return resolved.endsWith(end) && !/\/@[^/]*$/.test(resolved.slice(0, -end.length));
}

function formUnknown(url: string): string {
  return `resolved is no tarball of this name in a registry: ${url.slice(0, 200)}`;
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
