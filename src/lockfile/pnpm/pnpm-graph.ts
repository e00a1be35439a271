import type { Importer } from '../../model/resolved-tree.js';
import type { OpenRequest } from '../draft-tree.js';
import { importerId } from '../importer-id.js';
import { type AskedFrom, askedBy } from './asked-from.js';
import type { PnpmDependency, PnpmDocument } from './pnpm-document.js';
import type { PnpmNode, PnpmNodes } from './pnpm-nodes.js';
import { followReference, type PnpmTarget } from './pnpm-reference.js';

/** A folder outside of the workspace that something links to. */
export type LinkedFolder = { readonly id: string; readonly key: string; readonly path: string };

export type PnpmGraph = {
  readonly importers: readonly Importer[];
  /** Of packages that nothing has under their own names: id to the first key under which they are in the tree. */
  readonly aliases: ReadonlyMap<string, string>;
  readonly folders: ReadonlyMap<string, LinkedFolder>;
  /** Workspace path to the key under which others depend on it. */
  readonly workspaceNames: ReadonlyMap<string, string>;
  readonly links: readonly PnpmLink[];
  readonly open: readonly OpenRequest[];
  /** Packages that the lockfile refers to and does not have, as `name@reference`: part of it is lost. */
  readonly lost: ReadonlySet<string>;
};

/** An edge from an importer or package to the id of a package, folder or importer. */
export type PnpmLink = {
  readonly from: string;
  readonly to: string;
  readonly direct: boolean;
  readonly list: PnpmDependency['list'];
  /** What the line names as the source. */
  readonly asked: AskedFrom;
};

type Holder = {
  readonly id: string;
  readonly path: string;
  readonly direct: boolean;
  readonly dependencies: readonly PnpmDependency[];
};

/** Follows every reference of a document. */
export function linkNodes(document: PnpmDocument, nodes: PnpmNodes): PnpmGraph {
  const importers = [...document.importers.keys()].map((path) => ({ id: importerId(path), path }));
  const folders = new Map<string, LinkedFolder>();
  const workspaceNames = new Map<string, string>();
  const aliases = new Aliases(nodes);
  const links: PnpmLink[] = [];
  const lost = new Set<string>();
  const open = [...nodes.byId.values()].flatMap(openPeers);
  const idOfTarget = (target: PnpmTarget, key: string): string | null => {
    if (target.kind === 'missing') return null;
    if (target.kind === 'package') return target.id;
    if (document.importers.has(target.path)) {
      if (!workspaceNames.has(target.path)) workspaceNames.set(target.path, key);
      return importerId(target.path);
    }
    const id = `${key}@link:${target.path}`;
    folders.set(id, { id, key, path: target.path });
    return id;
  };
  for (const { id: from, path, direct, dependencies } of holders(document, nodes)) {
    for (const dependency of dependencies) {
      const { key, list } = dependency;
      const target = followReference(dependency, path, nodes.idOf);
      const to = idOfTarget(target, key);
      if (target.kind === 'missing') {
        open.push({ key, spec: target.spec, kind: list, from, direct, dev: false });
        lost.add(`${key}@${dependency.ref}`);
      }
      if (to === null) continue;
      if (target.kind === 'package') aliases.note(to, key);
      links.push({ from, to, direct, list, asked: askedBy(dependency, document.catalogs) });
    }
  }
  return { importers, aliases: aliases.found(), folders, workspaceNames, links, open, lost };
}

/** Finds the packages that nothing has under their own names. */
class Aliases {
  readonly #nodes: PnpmNodes;
  readonly #first = new Map<string, string>();
  readonly #named = new Set<string>();

  constructor(nodes: PnpmNodes) {
    this.#nodes = nodes;
  }

  /** Notes that something has the package `id` under `key`. */
  note(id: string, key: string): void {
    if (this.#nodes.byId.get(id)?.name === key) this.#named.add(id);
    else if (!this.#first.has(id)) this.#first.set(id, key);
  }

  found(): ReadonlyMap<string, string> {
    for (const id of this.#named) this.#first.delete(id);
    return this.#first;
  }
}

function* holders(document: PnpmDocument, nodes: PnpmNodes): Generator<Holder> {
  for (const [path, dependencies] of document.importers) {
    yield { id: importerId(path), path, direct: true, dependencies };
  }
  for (const { id, dependencies } of nodes.byId.values())
    yield { id, path: '.', direct: false, dependencies };
}

function openPeers({ id, peers }: PnpmNode): readonly OpenRequest[] {
  return peers.map((peer) => ({ ...peer, from: id, direct: false, dev: false }));
}
