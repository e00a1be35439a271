import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BenchPackage } from './documents.js';

/** Writes package.json and package-lock.json of a project that asks for all of `packages`; returns its folder. */
export function writeBenchProject(folder: string, packages: readonly BenchPackage[]): string {
  mkdirSync(folder, { recursive: true });
  const dependencies = Object.fromEntries(packages.map(({ name, version }) => [name, version]));
  const root = { name: 'bench-project', version: '1.0.0', dependencies };
  const entries = packages.map(({ name, ...entry }) => [`node_modules/${name}`, entry]);
  writeLock(folder, root, Object.fromEntries(entries));
  return folder;
}

export function writeLock(folder: string, root: object, entries: Readonly<Record<string, unknown>>): void {
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(root));
  const head = { name: 'bench-project', version: '1.0.0', lockfileVersion: 3, requires: true };
  const lockfile = { ...head, packages: { '': root, ...entries } };
  // Indented, as npm writes it.
  writeFileSync(path.join(folder, 'package-lock.json'), JSON.stringify(lockfile, null, 2));
}
