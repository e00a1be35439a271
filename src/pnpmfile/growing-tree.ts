import type { DependencyRequest } from '../lockfile/dependency-request.js';
import { parseSpec, type RequestedName } from '../lockfile/parse-spec.js';
import type { ResolvedTree, TreeEntry } from '../model/resolved-tree.js';
import { askedEntry, idOf, resolvedEntry } from './resolved-entry.js';
import type { SeenManifest } from './seen-manifest.js';
import { treeAbove } from './tree-above.js';

/** What came to the tree and has not been judged. */
export type Growth = {
  /** All of it, and what leads to it. */
  readonly tree: ResolvedTree;
  /** Ids of packages that will be installed. */
  readonly resolved: ReadonlySet<string>;
  /** Ids of what these ask for and pnpm may leave out in silence. */
  readonly asked: ReadonlySet<string>;
};

/** A tree to which packages come one by one, parents first. */
export type GrowingTree = {
  /** Adds what pnpm has resolved. `null` where all of it was known. */
  readonly add: (manifests: readonly SeenManifest[]) => Promise<Growth | null>;
};

type Asked = { readonly asked: RequestedName; readonly request: DependencyRequest };

const NO_CATALOGS = new Map();

/** @param base the project as it lies on the disk, judged already */
export function growTree(base: ResolvedTree): GrowingTree {
  const entries = new Map<string, TreeEntry>(base.entries.map((entry) => [entry.id, entry]));
  const known = new Set(registryPackages(base));
  const names = new Set(base.entries.map(({ name }) => name));
  const askers = askersByName(base);
  const aliases = new Map<string, string>();
  const parents = new Map<string, Set<string>>();
  for (const [from, ids] of base.edges) for (const id of ids) note(parents, id, from);
  const importers = new Set(base.importers.map(({ id }) => id));

  function addResolved(manifest: SeenManifest): string[] {
    const id = idOf(manifest);
    if (known.has(id)) return [];
    known.add(id);
    const from = [...(askers.get(manifest.name) ?? [])];
    // Whom nobody asks for is named on the command line.
    const direct = from.length === 0 || from.some((parent) => importers.has(parent));
    entries.set(id, resolvedEntry(manifest, aliases.get(manifest.name) ?? null, direct));
    names.add(manifest.name);
    for (const parent of direct ? [...from, 'root'] : from) note(parents, id, parent);
    return [id];
  }

  async function addAsked(manifest: SeenManifest): Promise<string[]> {
    const asked = await Promise.all(
      manifest.requests.map(async (request) => ({
        request,
        asked: await parseSpec(request.key, request.spec, NO_CATALOGS),
      })),
    );
    for (const {
      asked: { name, alias },
    } of asked) {
      note(askers, name, idOf(manifest));
      if (alias !== null && !names.has(name)) aliases.set(name, alias);
    }
    return asked
      .filter(isLeftOpen)
      .flatMap(({ asked: one, request }) => addName(one, request, idOf(manifest)));
  }

  /** pnpm asks for the other names itself, and stops where one does not exist. */
  function isLeftOpen({ asked: { name, source }, request: { kind } }: Asked): boolean {
    return (kind !== 'prod' || source !== 'registry') && source !== 'workspace' && !names.has(name);
  }

  function addName(asked: RequestedName, request: DependencyRequest, from: string): string[] {
    const { name, source } = asked;
    const id = source === 'registry' ? `declared:${name}` : `declared:${source}:${name}`;
    note(parents, id, from);
    if (entries.has(id)) return [];
    entries.set(id, askedEntry(id, asked, request));
    return [id];
  }

  return {
    add: async (manifests) => {
      const fresh = manifests.filter((one) => one.published !== null && !known.has(idOf(one)));
      const resolved = new Set(fresh.flatMap(addResolved));
      const asked = new Set((await Promise.all(fresh.map(addAsked))).flat());
      if (resolved.size === 0) return null;
      return { tree: treeAbove(base, entries, parents, new Set([...resolved, ...asked])), resolved, asked };
    },
  };
}

/** `NAME@VERSION` of all that comes from a registry; in a lockfile the ids of packages with peers are longer. */
export function registryPackages({ entries }: ResolvedTree): readonly string[] {
  const ofRegistry = entries.filter(
    ({ source, presence }) => source === 'registry' && presence === 'installed',
  );
  return ofRegistry.map(({ name, version }) => `${name}@${version}`);
}

function askersByName({ entries, edges }: ResolvedTree): Map<string, Set<string>> {
  const nameOf = new Map(entries.map(({ id, name }) => [id, name]));
  const askers = new Map<string, Set<string>>();
  for (const [from, ids] of edges) for (const id of ids) note(askers, nameOf.get(id) ?? id, from);
  return askers;
}

function note(map: Map<string, Set<string>>, key: string, value: string): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, new Set([value]));
  else values.add(value);
}
