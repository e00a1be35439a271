import path from 'node:path';
import { readTree } from '../../../src/lockfile/read-tree.js';
import { type Changes, changesSince } from '../../../src/since/changes-since.js';

export const INTEGRITY = `sha512-${'A'.repeat(86)}==`;
export const OTHER_INTEGRITY = `sha512-${'B'.repeat(86)}==`;

export type Found = Changes & { readonly ids: readonly string[] };

/** What changed at `target` (relative to `dir`) since `ref`. */
export async function changesIn(
  dir: string,
  ref = 'HEAD',
  target = '.',
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Found> {
  const place = path.resolve(dir, target);
  const tree = await readTree(place);
  const signal = new AbortController().signal;
  const changes = await changesSince(ref, { tree, target: place, env, signal });
  return { ...changes, ids: [...changes.changed].toSorted() };
}

/** A locked entry of an invented package. */
export function locked(name: string, overrides: Readonly<Record<string, unknown>> = {}) {
  const version = String(overrides['version'] ?? '1.0.0');
  const resolved = `https://registry.example.test/${name}/-/${name}-${version}.tgz`;
  return { [`node_modules/${name}`]: { version, resolved, integrity: INTEGRITY, ...overrides } };
}

/** A pnpm-lock.yaml 9.0 whose root asks for all of these. */
export function pnpmLock(packages: Readonly<Record<string, string>>): string {
  const names = Object.keys(packages);
  return [
    "lockfileVersion: '9.0'",
    '',
    'importers:',
    '',
    '  .:',
    '    dependencies:',
    ...names.flatMap((name) => [
      `      ${name}:`,
      "        specifier: '*'",
      `        version: ${packages[name]}`,
    ]),
    '',
    'packages:',
    '',
    ...names.flatMap((name) => [
      `  ${name}@${packages[name]}:`,
      `    resolution: {integrity: ${INTEGRITY}}`,
      '',
    ]),
    'snapshots:',
    '',
    ...names.flatMap((name) => [`  ${name}@${packages[name]}: {}`, '']),
  ].join('\n');
}
