import type { Importer, TreeEntry, Unchecked } from '../../model/resolved-tree.js';
import type { DraftTree, OpenRequest } from '../draft-tree.js';
import { unknownVersion, unreadableLockfile } from '../lockfile-error.js';
import { type Fail, recordAt } from '../shape.js';
import { joinAsked } from './asked-from.js';
import { parsePnpmDocument } from './pnpm-document.js';
import { pnpmEntries } from './pnpm-entries.js';
import { linkNodes } from './pnpm-graph.js';
import { parseNodes } from './pnpm-nodes.js';

export type PnpmLockfile = {
  readonly file: string;
  readonly path: string | null;
  /** The parsed YAML documents; two when pnpm 11 or later has config dependencies, which come first. */
  readonly documents: readonly unknown[];
};

const KNOWN = /^(?:5\.[34]|6\.[01]|9\.0)$/;
type DocumentTree = Pick<DraftTree, 'importers' | 'entries' | 'edges' | 'open' | 'unchecked'>;

/**
 * Turns a parsed pnpm-lock.yaml, lockfileVersion 5.3 to 9.0, into a tree.
 *
 * @throws GuardError LOCKFILE_UNREADABLE, LOCKFILE_VERSION_UNKNOWN
 */
export function parsePnpmLock({ file, path, documents }: PnpmLockfile): DraftTree {
  const fail = unreadableLockfile(file);
  const filled = documents.filter((document) => document !== null && document !== undefined);
  if (filled.length === 0) throw fail('it is empty');
  let lockfileVersion = '';
  const trees = filled.map((document) => {
    const raw = recordAt(document, 'the document', fail);
    lockfileVersion = String(raw['lockfileVersion'] ?? '(none)');
    if (!KNOWN.test(lockfileVersion)) throw unknownVersion(file, lockfileVersion, '5.4, 6.0, 9.0');
    return parseDocument(raw, lockfileVersion, fail);
  });
  return { format: 'pnpm-lock', path, lockfileVersion, ...joinTrees(trees) };
}

function parseDocument(raw: Readonly<Record<string, unknown>>, version: string, fail: Fail): DocumentTree {
  const legacyPaths = version.startsWith('5.');
  const document = parsePnpmDocument(raw, fail);
  const nodes = parseNodes(document, legacyPaths, fail);
  const graph = linkNodes(document, nodes);
  const { entries, edges, dev } = pnpmEntries(nodes, graph, !version.startsWith('9.'));
  const open = graph.open.map((request): OpenRequest => ({ ...request, dev: dev.has(request.from) }));
  return { importers: graph.importers, entries, edges, open, unchecked: [...graph.lost].map(lostLine) };
}

/** The package itself is judged by its name. pnpm refuses such a file when it is frozen, and resolves it anew else. */
function lostLine(id: string): Unchecked {
  return { id, reason: 'the lockfile refers to it and does not have it: what it needs in turn is not known' };
}

/** Joins the documents: one importer and one entry for what both have, both entries where these differ in substance. */
function joinTrees(trees: readonly DocumentTree[]): DocumentTree {
  const importers = new Map<string, Importer>([['root', { id: 'root', path: '.' }]]);
  const entries = new Map<string, TreeEntry>();
  const edges = new Map<string, readonly string[]>();
  for (const [index, tree] of trees.entries()) {
    for (const importer of tree.importers) importers.set(importer.id, importer);
    const renamed = joinEntries(entries, tree.entries, `#${index + 1}`);
    const nameOf = (id: string): string => renamed.get(id) ?? id;
    for (const [from, to] of tree.edges) {
      const known = edges.get(nameOf(from)) ?? [];
      edges.set(nameOf(from), known.length + renamed.size === 0 ? to : joinIds(known, to.map(nameOf)));
    }
  }
  return {
    importers: [...importers.values()],
    entries: [...entries.values()],
    edges,
    open: trees.flatMap(({ open }) => open),
    unchecked: trees.flatMap(({ unchecked }) => unchecked),
  };
}

/** Adds `added` to `entries`. @returns the ids of those whose id was there already */
function joinEntries(
  entries: Map<string, TreeEntry>,
  added: readonly TreeEntry[],
  suffix: string,
): ReadonlyMap<string, string> {
  const renamed = new Map<string, string>();
  for (const entry of added) {
    const other = entries.get(entry.id);
    if (other === undefined) entries.set(entry.id, entry);
    else {
      const id = isSame(other, entry) ? entry.id : `${entry.id}${suffix}`;
      renamed.set(entry.id, id);
      const askedFrom = joinAsked(entry.askedFrom, other.askedFrom);
      entries.set(id, { ...entry, id, askedFrom, direct: entry.direct || other.direct });
    }
  }
  return renamed;
}

function joinIds(some: readonly string[], more: readonly string[]): readonly string[] {
  return [...new Set([...some, ...more])];
}

function isSame(one: TreeEntry, other: TreeEntry): boolean {
  return one.source === other.source && one.resolved === other.resolved && one.integrity === other.integrity;
}
