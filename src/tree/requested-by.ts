import type { ResolvedTree, TreeEntry } from '../model/resolved-tree.js';

type Routes = {
  readonly entries: ReadonlyMap<string, TreeEntry>;
  /** The steps from the nearest importer, 0 for importers; what no importer reaches is missing. */
  readonly steps: ReadonlyMap<string, number>;
  /** The previous id on the shortest way. */
  readonly before: ReadonlyMap<string, string>;
  readonly requesters: ReadonlyMap<string, readonly string[]>;
};

const known = new WeakMap<ResolvedTree, Routes>();

/**
 * The ways from a project of the tree to the entry `entryId`: one for each package that asks for it, shortest first,
 * `limit` at most. Each begins with an importer's id and ends with the entry, as `name@version`, or the name alone where
 * no version is known; the middle of a way of more than 40 steps is left out. Empty when no importer reaches the entry.
 */
export function pathsTo(tree: ResolvedTree, entryId: string, limit = 5): string[][] {
  const routes = routesOf(tree);
  const entry = routes.entries.get(entryId);
  const requesters = [...(routes.requesters.get(entryId) ?? [])];
  requesters.sort((one, other) => stepsTo(routes, one) - stepsTo(routes, other));
  const paths: string[][] = [];
  for (const requester of requesters) {
    if (paths.length >= limit) break;
    const way = wayTo(routes, requester);
    if (!way.includes(entryId))
      paths.push(shorten([...labels(routes, way), entry === undefined ? entryId : label(entry)]));
  }
  return paths;
}

/** Real trees are a dozen steps deep; what is longer was made to fill reports. */
const MOST_STEPS = 40;

function shorten(path: string[]): string[] {
  if (path.length <= MOST_STEPS) return path;
  const half = MOST_STEPS / 2;
  return [...path.slice(0, half), `(${path.length - MOST_STEPS} more)`, ...path.slice(-half)];
}

/** How an entry is named in a path and in reports. */
export function label({ name, version }: Pick<TreeEntry, 'name' | 'version'>): string {
  return version === null ? name : `${name}@${version}`;
}

function routesOf(tree: ResolvedTree): Routes {
  const found = known.get(tree) ?? findRoutes(tree);
  known.set(tree, found);
  return found;
}

function findRoutes({ importers, entries, edges }: ResolvedTree): Routes {
  const steps = new Map(importers.map(({ id }) => [id, 0]));
  const before = new Map<string, string>();
  const requesters = new Map<string, string[]>();
  const queue = [...steps.keys()];
  for (const from of queue) {
    for (const to of edges.get(from) ?? []) {
      const others = requesters.get(to);
      if (others === undefined) requesters.set(to, [from]);
      else others.push(from);
      if (steps.has(to)) continue;
      steps.set(to, (steps.get(from) ?? 0) + 1);
      before.set(to, from);
      queue.push(to);
    }
  }
  return { entries: new Map(entries.map((entry) => [entry.id, entry])), steps, before, requesters };
}

function stepsTo(routes: Routes, id: string): number {
  return routes.steps.get(id) ?? 0;
}

function wayTo(routes: Routes, id: string): string[] {
  const way: string[] = [];
  for (let at: string | undefined = id; at !== undefined; at = routes.before.get(at)) way.push(at);
  return way.reverse();
}

function labels(routes: Routes, [importer = '', ...rest]: readonly string[]): string[] {
  return [importer, ...rest.map((id) => label(routes.entries.get(id) ?? { name: id, version: null }))];
}
