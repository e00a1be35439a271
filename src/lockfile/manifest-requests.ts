import { type SourceKind, type TreeEntry, UNKNOWN_ENTRY } from '../model/resolved-tree.js';
import type { DependencyRequest } from './dependency-request.js';
import type { DraftTree, OpenRequest } from './draft-tree.js';
import { importerId } from './importer-id.js';
import type { Manifest } from './manifest.js';
import { asksRegistry, type Catalogs, namesOther } from './parse-spec.js';

/** A project's folder, relative to the root, and what its package.json says. */
export type Project = { readonly path: string; readonly manifest: Manifest };

/**
 * Adds what the manifests on the disk ask for to a draft, so that names newer than the lockfile are judged too, and
 * the names and versions of workspace packages.
 *
 * @param extra what a pnpm-workspace.yaml asks for in the root's name
 */
export function addManifests(
  draft: DraftTree,
  projects: readonly Project[],
  extra: readonly DependencyRequest[],
  catalogs: Catalogs = new Map(),
): DraftTree {
  const byId = new Map(projects.map((project) => [importerId(project.path), project]));
  const own = projects.flatMap(({ path, manifest }) => {
    const named = replacements(draft, manifest.overrides, catalogs);
    return unresolved(draft, importerId(path), [...manifest.requests, ...manifest.settings, ...named]);
  });
  const known = new Set(draft.entries.map(({ id }) => id));
  const added = projects.filter(({ path }) => path !== '.' && !known.has(importerId(path)));
  const importers = new Map(draft.importers.map((importer) => [importer.id, importer]));
  for (const { path } of projects) importers.set(importerId(path), { id: importerId(path), path });
  return {
    ...draft,
    importers: [...importers.values()],
    entries: [
      ...draft.entries.map((entry) => withManifest(entry, byId.get(entry.id))),
      ...added.map(memberEntry),
    ],
    open: [...draft.open, ...own, ...unresolved(draft, 'root', extra)],
  };
}

/** The lines of overrides and catalogs that name a package or bytes of their own, which the tree does not have yet. */
export function replacements(
  { entries }: DraftTree,
  lines: readonly DependencyRequest[],
  catalogs: Catalogs,
): readonly DependencyRequest[] {
  const others = new Set(
    entries.filter(({ source }) => source !== 'registry').map(({ name, alias }) => alias ?? name),
  );
  const named = lines.filter(({ key, spec }) => namesOther(key, spec, catalogs));
  return named.filter(({ key, spec }) => /^(?:npm|jsr|catalog):/i.test(spec) || !others.has(key));
}

function unresolved(
  draft: DraftTree,
  from: string,
  requests: readonly DependencyRequest[],
): readonly OpenRequest[] {
  const others = otherSources(draft, from);
  const open = requests.filter(({ key, spec }) => asksRegistry(spec) === true || !others.has(key));
  return open.map((request) => ({ ...request, from, direct: true, dev: false }));
}

/** The keys that the importer has from git, files and the like: these can't be found again by their name. */
function otherSources(draft: DraftTree, from: string): ReadonlySet<string> {
  const ids = new Set(draft.edges.get(from) ?? []);
  const isOther = (source: SourceKind): boolean => source !== 'registry';
  return new Set(
    draft.entries
      .filter(({ id, source }) => ids.has(id) && isOther(source))
      .map(({ name, alias }) => alias ?? name),
  );
}

function withManifest(entry: TreeEntry, project: Project | undefined): TreeEntry {
  if (project === undefined || entry.source !== 'workspace') return entry;
  const { name, version } = project.manifest;
  return { ...entry, name: name ?? entry.name, alias: null, version: entry.version ?? version };
}

function memberEntry({ path, manifest }: Project): TreeEntry {
  return {
    ...UNKNOWN_ENTRY,
    id: importerId(path),
    name: manifest.name ?? path,
    version: manifest.version,
    source: 'workspace',
    resolved: path,
  };
}
