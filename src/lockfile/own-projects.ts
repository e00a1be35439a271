import type { TreeEntry } from '../model/resolved-tree.js';
import type { OpenRequest } from './draft-tree.js';

/** What a registry range can find in the project itself. */
export type OwnProjects = {
  /** The names of workspace projects to the versions that their manifests and the lockfile give them. */
  readonly versions: ReadonlyMap<string, readonly string[]>;
  /** Who takes a project for a plain range: npm, or pnpm with `linkWorkspacePackages`. */
  readonly linkedBy: 'npm' | 'pnpm' | 'none';
};

export const NO_PROJECTS: OwnProjects = { versions: new Map(), linkedBy: 'none' };

/** Adds the projects and linked folders that the lockfile itself tells of. */
export function withLinked(own: OwnProjects, entries: readonly TreeEntry[]): OwnProjects {
  const versions = new Map(own.versions);
  for (const { id, name, version, source } of entries) {
    const isOwn = source === 'workspace' || (source === 'link' && own.linkedBy === 'npm');
    if (!isOwn || name === id) continue;
    versions.set(name, [...(versions.get(name) ?? []), ...(version === null ? [] : [version])]);
  }
  return { ...own, versions };
}

/** Whether a request for a registry range gets the project of this name, and no registry is asked. */
export async function findsOwn(
  { versions, linkedBy }: OwnProjects,
  name: string,
  { from, spec, key }: OpenRequest,
  linkedKeys: ReadonlySet<string>,
): Promise<boolean> {
  const own = versions.get(name);
  if (own === undefined) return false;
  if (linkedKeys.has(linkedKey(from, key))) return true;
  if (linkedBy === 'none') return false;
  const range = rangeOf(spec);
  if ((linkedBy === 'npm' && from === 'root') || range === '*' || range === '') return true;
  const { default: semver } = await import('semver');
  return own.length > 0 && own.every((version) => semver.satisfies(version, range, true));
}

function rangeOf(spec: string): string {
  return (/^npm:(?:@[^/]*\/)?[^@]*@?(.*)$/.exec(spec)?.[1] ?? spec).trim();
}

/** The lines that a project asks for from its own workspace: `workspace:`, a link or a folder. */
export function linkedKeysOf(open: readonly OpenRequest[]): ReadonlySet<string> {
  const linked = open.filter(({ spec }) => /^(?:workspace|link|file):/.test(spec));
  return new Set(linked.map(({ from, key }) => linkedKey(from, key)));
}

function linkedKey(from: string, key: string): string {
  return JSON.stringify([from, key]);
}
