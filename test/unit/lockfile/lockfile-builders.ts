import { finishTree } from '../../../src/lockfile/finish-tree.js';
import { type Manifest, parseManifest } from '../../../src/lockfile/manifest.js';
import { parsePackageLock } from '../../../src/lockfile/npm/parse-package-lock.js';
import { parsePnpmLock } from '../../../src/lockfile/pnpm/parse-pnpm-lock.js';
import { readPnpmDocuments } from '../../../src/lockfile/pnpm/read-pnpm-documents.js';
import type { ResolvedTree, TreeEntry } from '../../../src/model/resolved-tree.js';

type Json = Readonly<Record<string, unknown>>;

export const manifestOf = (json: Json): Manifest =>
  parseManifest({ text: JSON.stringify(json), file: 'package.json' });

export function npmTree(lock: Json, manifest: Json | null = null): Promise<ResolvedTree> {
  const text = JSON.stringify({ lockfileVersion: 3, ...lock });
  const input = { text, file: 'package-lock.json', format: 'package-lock', path: null } as const;
  return finishTree(parsePackageLock({ ...input, manifest: manifest && manifestOf(manifest) }));
}

/** A lockfile of version 3 whose root depends on every package at the top level. */
export function npmTreeOf(packages: Readonly<Record<string, Json>>): Promise<ResolvedTree> {
  const top = Object.keys(packages).filter((location) => /^node_modules\/(?:@[^/]+\/)?[^/]+$/.test(location));
  const dependencies = Object.fromEntries(top.map((location) => [location.slice(13), '*']));
  return npmTree({ packages: { '': { dependencies }, ...packages } });
}

export async function pnpmTree(text: string): Promise<ResolvedTree> {
  const file = 'pnpm-lock.yaml';
  return finishTree(parsePnpmLock({ file, path: null, documents: await readPnpmDocuments({ text, file }) }));
}

export function entryOf(tree: ResolvedTree, id: string): TreeEntry {
  const entry = tree.entries.find((one) => one.id === id);
  if (entry === undefined)
    throw new Error(`no entry ${id} in ${tree.entries.map((one) => one.id).join(', ')}`);
  return entry;
}

export const idsOf = (tree: ResolvedTree): string[] => tree.entries.map(({ id }) => id).sort();
