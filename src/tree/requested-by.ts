import type { ResolvedTree, TreeEntry } from '../model/resolved-tree.js';
import { ShortestWays } from './shortest-ways.js';

type Routes = {
  readonly entries: ReadonlyMap<string, TreeEntry>;
  readonly ways: ShortestWays;
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
  requesters.sort((one, other) => routes.ways.stepsTo(one) - routes.ways.stepsTo(other));
  const end = entry === undefined ? entryId : label(entry);
  const paths: string[][] = [];
  for (const requester of requesters) {
    if (paths.length >= limit) break;
    if (!routes.ways.isOnWay(entryId, requester)) paths.push([...shortWay(routes, requester), end]);
  }
  return paths;
}

/** Real trees are a dozen steps deep; what is longer was made to fill reports. */
const MOST_STEPS = 40;

/** The way to `requester` without the end of the path; of a long one the beginning and the end of what is shown. */
function shortWay(routes: Routes, requester: string): readonly string[] {
  const { ways } = routes;
  const length = ways.stepsTo(requester) + 2;
  if (length <= MOST_STEPS) return labels(routes, ways.endOfWay(requester, length));
  const half = MOST_STEPS / 2;
  return [
    ...labels(routes, ways.startOfWay(requester)),
    `(${length - MOST_STEPS} more)`,
    ...ways.endOfWay(requester, half - 1).map((id) => labelOf(routes, id)),
  ];
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
  const before = new Map<string, string | null>(importers.map(({ id }) => [id, null]));
  const requesters = new Map<string, string[]>();
  const queue = [...before.keys()];
  for (const from of queue) {
    for (const to of edges.get(from) ?? []) {
      const others = requesters.get(to);
      if (others === undefined) requesters.set(to, [from]);
      else others.push(from);
      if (before.has(to)) continue;
      before.set(to, from);
      queue.push(to);
    }
  }
  const ways = new ShortestWays(before, MOST_STEPS / 2);
  return { entries: new Map(entries.map((entry) => [entry.id, entry])), ways, requesters };
}

function labels(routes: Routes, [importer = '', ...rest]: readonly string[]): string[] {
  return [importer, ...rest.map((id) => labelOf(routes, id))];
}

function labelOf({ entries }: Routes, id: string): string {
  return label(entries.get(id) ?? { name: id, version: null });
}
