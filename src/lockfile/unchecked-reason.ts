import type { SourceKind, TreeEntry, Unchecked } from '../model/resolved-tree.js';

const REASONS: Readonly<Record<Exclude<SourceKind, 'registry' | 'workspace'>, string>> = {
  git: 'git source: no registry is asked about it',
  remote: 'tarball from a URL: no registry is asked about it',
  file: 'local file: no registry is asked about it',
  link: 'link to a local folder: no registry is asked about it',
  bundled: "bundled in another package's tarball: no registry is asked about it",
};

/** The line that says why `entry` can't be judged; `null` when it can, and for the project's own workspaces. */
export function uncheckedLine(entry: TreeEntry): Unchecked | null {
  if (entry.source === 'workspace' || entry.registryName !== null) return null;
  if (isOfNamedRegistry(entry)) return { id: entry.id, reason: OF_NAMED_REGISTRY };
  if (entry.source !== 'registry') return { id: entry.id, reason: REASONS[entry.source] };
  return { id: entry.id, reason: `${JSON.stringify(entry.name)} is no name that npm could install` };
}

const OF_NAMED_REGISTRY = 'from a registry of `namedRegistries`: it is not asked, and no other one is';

/** `@scope/x@work:1.0.0` in lockfiles of pnpm 11 and later: nobody but that registry may hear of the name. */
function isOfNamedRegistry({ source, resolved, version, id }: TreeEntry): boolean {
  return source === 'remote' && resolved === null && version !== null && id.endsWith(`:${version}`);
}
