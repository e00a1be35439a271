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
  /** Package id to the keys under which it is in the tree. */
  readonly keys: ReadonlyMap<string, ReadonlySet<string>>;
  readonly folders: ReadonlyMap<string, LinkedFolder>;
  /** Workspace path to the key under which others depend on it. */
  readonly workspaceNames: ReadonlyMap<string, string>;
  readonly links: readonly PnpmLink[];
  readonly open: readonly OpenRequest[];
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
  const keys = new Map<string, Set<string>>();
  const links: PnpmLink[] = [];
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
      if (target.kind === 'missing')
        open.push({ key, spec: target.spec, kind: list, from, direct, dev: false });
      if (to === null) continue;
      if (target.kind === 'package') keys.set(to, (keys.get(to) ?? new Set()).add(key));
      links.push({ from, to, direct, list, asked: askedBy(dependency, document.catalogs) });
    }
  }
  return { importers, keys, folders, workspaceNames, links, open };
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
