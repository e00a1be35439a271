import type { DependencyRequest } from '../dependency-request.js';
import type { OpenRequest } from '../draft-tree.js';
import { importerId } from '../importer-id.js';
import { asksRegistry } from '../parse-spec.js';
import { findLinks, type Links } from './links.js';
import { isInstalled, keyOf, type NpmPackages } from './npm-package.js';
import { resolveLocation } from './resolve-location.js';

/** How the requests for a package name its source: a URL wins, `null` = no request says it. */
export type AskedFrom = 'registry' | 'url' | null;

export type NpmGraph = {
  readonly links: Links;
  readonly importers: ReadonlySet<string>;
  readonly edges: ReadonlyMap<string, readonly string[]>;
  readonly direct: ReadonlySet<string>;
  readonly askedFrom: Map<string, AskedFrom>;
  readonly open: readonly OpenRequest[];
};

const PATH_SPEC = /^(?:(?:file|link):|\.{0,2}\/|~\/)/;

type Holder = {
  readonly location: string;
  readonly id: string;
  readonly importer: boolean;
  readonly dev: boolean;
  readonly requests: readonly DependencyRequest[];
};

/**
 * Resolves every dependency line of `packages` to a location, as node would.
 *
 * @param rootRequests the root's lines
 */
export function linkPackages(packages: NpmPackages, rootRequests: readonly DependencyRequest[]): NpmGraph {
  const links = findLinks(packages);
  const importers = findImporters(packages, links, rootRequests);
  const edges = new Map<string, readonly string[]>();
  const direct = new Set<string>();
  const askedFrom = new Map<string, AskedFrom>();
  const open: OpenRequest[] = [];
  for (const holder of holders(packages, importers, rootRequests)) {
    const targets = new Set<string>();
    for (const request of holder.requests) {
      const { target, satisfied } = follow(packages, links, holder, request);
      if (!satisfied) open.push(openRequest(holder, request));
      if (target === null) continue;
      targets.add(importers.has(target) ? importerId(target) : target);
      if (holder.importer) direct.add(target);
      noteSource(askedFrom, target, request.spec);
    }
    if (targets.size > 0) edges.set(holder.id, [...targets]);
  }
  return { links, importers, edges, direct, askedFrom, open };
}

function follow(
  packages: NpmPackages,
  links: Links,
  { location }: Holder,
  request: DependencyRequest,
): { readonly target: string | null; readonly satisfied: boolean } {
  const found = resolveLocation(location, request.key, packages);
  const target = found === null ? null : (links.targets.get(found) ?? found);
  return { target, satisfied: isSatisfied(packages, found, request) };
}

function openRequest({ id, importer, dev }: Holder, request: DependencyRequest): OpenRequest {
  return { ...request, from: id, direct: importer, dev };
}

function* holders(
  packages: NpmPackages,
  importers: ReadonlySet<string>,
  rootRequests: readonly DependencyRequest[],
): Generator<Holder> {
  yield { location: '', id: importerId('.'), importer: true, dev: false, requests: rootRequests };
  for (const [location, { requests, dev, link }] of packages) {
    if (location === '' || link) continue;
    const importer = importers.has(location);
    yield { location, id: importer ? importerId(location) : location, importer, dev, requests };
  }
}

/** An alias is satisfied only by the package that it names. */
function isSatisfied(
  packages: NpmPackages,
  location: string | null,
  { key, spec }: DependencyRequest,
): boolean {
  if (location === null) return false;
  const aliased = /^npm:(.[^@]*)/i.exec(spec)?.[1];
  return aliased === undefined || aliased === (packages.get(location)?.name ?? key);
}

function noteSource(askedFrom: Map<string, AskedFrom>, target: string, spec: string): void {
  if (askedFrom.get(target) === 'url') return;
  const asked = asksRegistry(spec);
  if (asked !== null) askedFrom.set(target, asked ? 'registry' : 'url');
}

/** The project's own folders: all that the lockfile has outside of node_modules and no folder asks for by its path. */
function findImporters(
  packages: NpmPackages,
  links: Links,
  rootRequests: readonly DependencyRequest[],
): ReadonlySet<string> {
  const folders = [...packages].filter(
    ([location, { link }]) => location !== '' && !link && !isInstalled(location),
  );
  const requests = [...rootRequests, ...folders.flatMap(([, folder]) => folder.requests)];
  const byPath = new Set(requests.filter(({ spec }) => PATH_SPEC.test(spec)).map(({ key }) => key));
  const own = folders.filter(([location]) => {
    return !byPath.has(links.names.get(location) ?? keyOf(location)) && !location.startsWith('../');
  });
  return new Set(own.map(([location]) => location));
}
