import type { DependencyRequest } from '../dependency-request.js';
import type { OpenRequest } from '../draft-tree.js';
import { importerId } from '../importer-id.js';
import { asksRegistry } from '../parse-spec.js';
import { findLinks, type Links } from './links.js';
import type { Place } from './location.js';
import { findKey, ModulesFolders } from './modules-folders.js';
import type { NpmPackage, NpmPackages } from './npm-package.js';

/** How those who ask for a package name its source: importers before packages, then a URL wins; `null` = nobody says it. */
export type AskedFrom = 'registry' | 'url' | null;

export type NpmGraph = {
  readonly links: Links;
  readonly importers: ReadonlySet<string>;
  readonly edges: ReadonlyMap<string, readonly string[]>;
  /** Locations that an importer asks for. */
  readonly direct: ReadonlySet<string>;
  readonly askedFrom: Map<string, AskedFrom>;
  readonly open: readonly OpenRequest[];
  readonly idOf: (one: Place) => string;
};

/** A path in a dependency line: `file:../a`, `./a`, `/a`, `~/a`. */
const PATH_SPEC = /^(?:(?:file|link):|\.{0,2}\/|~\/)/;
const ROOT: Place = { location: '', key: '', parent: null };

/**
 * Resolves every dependency line of `packages` to a location, as node would.
 *
 * @param rootRequests the root's lines
 */
export function linkPackages(packages: NpmPackages, rootRequests: readonly DependencyRequest[]): NpmGraph {
  const linker = new Linker(packages, rootRequests);
  linker.visit(ROOT, rootRequests, false);
  for (const one of packages.values()) {
    if (one.location !== '' && !one.link && one.requests.length > 0) linker.visit(one, one.requests, one.dev);
  }
  return linker;
}

class Linker implements NpmGraph {
  readonly links: Links;
  readonly importers: ReadonlySet<string>;
  readonly edges = new Map<string, readonly string[]>();
  readonly direct = new Set<string>();
  /** What importers ask for decides; of what only packages ask for, any of them. */
  readonly askedFrom = new Map<string, AskedFrom>();
  readonly #askedByImporters = new Set<string>();
  readonly open: OpenRequest[] = [];
  readonly #folders: ModulesFolders;

  constructor(packages: NpmPackages, rootRequests: readonly DependencyRequest[]) {
    this.links = findLinks(packages);
    this.importers = findImporters(packages, this.links, rootRequests);
    this.#folders = new ModulesFolders(packages);
  }

  readonly idOf = ({ location, parent }: Place): string => {
    if (parent !== null) return location;
    if (location === '') return importerId('.');
    return this.importers.has(location) ? importerId(location) : location;
  };

  visit(holder: Place, requests: readonly DependencyRequest[], dev: boolean): void {
    const from = this.idOf(holder);
    const direct = holder.location === '' || this.importers.has(holder.location);
    const above = this.#folders.above(holder);
    const targets = new Set<string>();
    for (const { key, spec, kind } of requests) {
      const found = findKey(key, above);
      if (!isSatisfied(found, key, spec)) this.open.push({ key, spec, kind, from, direct, dev });
      if (found === null) continue;
      const target = found.link ? (this.links.targets.get(found.location) ?? found) : found;
      targets.add(this.idOf(target));
      if (direct) this.direct.add(target.location);
      if (target.resolved !== null) this.#noteSource(target.location, spec, direct);
    }
    if (targets.size > 0) this.edges.set(from, [...targets]);
  }

  #noteSource(target: string, spec: string, byImporter: boolean): void {
    const asked = asksRegistry(spec);
    const isDecided = this.#askedByImporters.has(target);
    if (asked === null || (isDecided && !byImporter)) return;
    if (byImporter && !isDecided) this.askedFrom.delete(target);
    if (byImporter) this.#askedByImporters.add(target);
    if (this.askedFrom.get(target) !== 'url') this.askedFrom.set(target, asked ? 'registry' : 'url');
  }
}

/** An alias is satisfied only by the package that it names; whether a link is in a range is seen later. */
function isSatisfied(found: NpmPackage | null, key: string, spec: string): boolean {
  if (found === null || (found.link && asksRegistry(spec) === true)) return false;
  if (spec[3] !== ':') return true;
  const aliased = /^npm:(.[^@]*)/i.exec(spec)?.[1];
  return aliased === undefined || aliased === (found.name ?? key);
}

/** The project's own folders: what is linked into node_modules and no folder asks for by its path. */
function findImporters(
  packages: NpmPackages,
  { names }: Links,
  rootRequests: readonly DependencyRequest[],
): ReadonlySet<string> {
  if (names.size === 0) return new Set();
  const folders = [...packages.values()].filter(({ location }) => names.has(location));
  const requests = [...rootRequests, ...folders.flatMap((folder) => folder.requests)];
  const byPath = new Set(requests.filter(({ spec }) => PATH_SPEC.test(spec)).map(({ key }) => key));
  const locations = folders.map(({ location }) => location).filter((location) => !location.startsWith('../'));
  return new Set(locations.filter((location) => !byPath.has(names.get(location) ?? location)));
}
