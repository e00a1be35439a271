import type { Mentioned } from '../model/report.js';
import { type ResolvedTree, type TreeEntry, UNKNOWN_ENTRY } from '../model/resolved-tree.js';
import type { Mention } from './mention.js';
import { isPlaceholder } from './placeholders.js';
import { isOwn } from './project-names.js';
import type { ProjectMentions } from './read-mentions.js';
import { type NamedPackage, packageOfImport, packageOfSpec } from './registry-name.js';

/** The packages that documents and sources mention, as a tree whose importers are the places, and where each stands. */
export type MentionTree = {
  readonly tree: ResolvedTree;
  /** By the id of the entry; in the order of the files, none is left out. */
  readonly locations: ReadonlyMap<string, readonly Mentioned[]>;
};

/** Mentions to packages: each name, with each exact version that is mentioned, is one. */
export function mentionTree({ byFile, names, unchecked }: ProjectMentions): MentionTree {
  const entries = new Map<string, TreeEntry>();
  const locations = new Map<string, Mentioned[]>();
  for (const [file, mentions] of byFile) {
    for (const mention of mentions) {
      const named = packageOf(mention, names);
      if (named === null) continue;
      const entry = entryOf(named);
      entries.set(entry.id, entry);
      const known = locations.get(entry.id) ?? [];
      known.push({ file, line: mention.line, column: mention.column });
      locations.set(entry.id, known);
    }
  }
  return { tree: treeOf(entries, locations, unchecked), locations };
}

function packageOf({ kind, text }: Mention, { own, bins }: ProjectMentions['names']): NamedPackage | null {
  const named = kind === 'import' ? packageOfImport(text) : packageOfSpec(text);
  if (named === null || isOwn(named.name, own) || isPlaceholder(named.name)) return null;
  return kind === 'run' && bins.has(text) ? null : named;
}

function entryOf({ name, version }: NamedPackage): TreeEntry {
  const id = `mention:${version === null ? name : `${name}@${version}`}`;
  const origin = { source: 'registry', askedFrom: 'registry', direct: true, presence: 'declared' } as const;
  return { ...UNKNOWN_ENTRY, id, name, registryName: name, version, ...origin };
}

function treeOf(
  entries: ReadonlyMap<string, TreeEntry>,
  locations: ReadonlyMap<string, readonly Mentioned[]>,
  unchecked: ResolvedTree['unchecked'],
): ResolvedTree {
  const edges = new Map<string, string[]>();
  for (const [id, places] of locations) {
    for (const { file, line, column } of places) {
      const place = `${file}:${line}:${column}`;
      edges.set(place, [...(edges.get(place) ?? []), id]);
    }
  }
  return {
    format: 'documents',
    path: null,
    lockfileVersion: null,
    importers: [...edges.keys()].map((id) => ({ id, path: '.' })),
    entries: [...entries.values()],
    edges,
    unchecked,
  };
}
