import { parsePackageName } from '../model/package-name.js';
import type { TreeEntry, Unchecked } from '../model/resolved-tree.js';
import type { DraftTree, OpenRequest } from './draft-tree.js';
import { withoutQuery } from './tarball-url.js';

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
    const path = pathOf(entry.resolved);
    const name = nameInPath(path);
    if (name === entry.name || isDownloadOf(path, entry.name)) continue;
    lines.push({ id: entry.id, reason: reasonFor(name, entry.resolved) });
    if (name !== null && parsePackageName(name) !== null) others.set(entry.id, { entry, name });
  }
  return { lines, open: others.size === 0 ? [] : requestsFor(others, draft) };
}

function reasonFor(name: string | null, url: string): string {
  return name === null
    ? `resolved is no tarball of this name in a registry: ${url.slice(0, 200)}`
    : `resolved names another package: ${name.slice(0, 214)}`;
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

function pathOf(url: string): string {
  const path = withoutQuery(url);
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** `@s/n` of `…/@s/n/-/n-1.0.0.tgz`; `null` where it has another form. */
function nameInPath(path: string): string | null {
  const at = path.lastIndexOf('/-/');
  if (at < 0 || !/\.tgz$/i.test(path)) return null;
  const base = path.lastIndexOf('/', at - 1);
  const scope = path.lastIndexOf('/', base - 1);
  const start = path[scope + 1] === '@' ? scope : base;
  return path.slice(start + 1, at);
}

/** The other forms that registries have: `…/download/@s/n/1.0.0/hash` of GitHub, `…/~/11/@jsr/s__n/1.0.0.tgz` of JSR. */
function isDownloadOf(path: string, name: string): boolean {
  const at = path.lastIndexOf(`/${name}/`);
  return at >= 0 && /\/(?:download|~\/\d{1,9})$/.test(path.slice(Math.max(0, at - 20), at));
}
