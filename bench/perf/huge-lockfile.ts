import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { integrityOf, tarballOf } from '../accuracy/make-packument.js';
import { randomFrom } from '../names/sets.js';
import { establishedNames } from './names.js';
import { writeLock } from './write-project.js';

/** Of what each package asks for; another seed gives another tree of the same shape. */
const SEED = 11;
const PUBLIC_REGISTRY = 'https://registry.npmjs.org/';
/** The root's own dependencies: direct names are compared with all established ones. */
const MOST_DIRECT = 200;
/** Dependencies of a package; 3 in the mean of the real lockfiles of ../shared/eval. */
const MOST_DEPENDENCIES = 6;

/**
 * Writes a project of `count` packages with established names: at the top of node_modules as long as there are names
 * left, and then once more below others, in other versions. Returns the path of its lockfile.
 */
export function writeHugeProject(folder: string, count: number): string {
  mkdirSync(folder, { recursive: true });
  const random = randomFrom(SEED);
  const names = establishedNames(Math.min(count, 15_000));
  const at = (index: number): string => names[index % names.length] ?? 'express';
  const entries: Record<string, unknown> = {};
  for (let index = 0; index < count; index++) {
    const level = Math.floor(index / names.length);
    const [name, version] = [at(index), `${level + 1}.0.0`];
    const asked = Array.from({ length: Math.floor(random() * (MOST_DEPENDENCIES + 1)) }, () =>
      at(Math.floor(random() * names.length)),
    );
    const host = level === 0 ? '' : `node_modules/${at(index + level * 7)}/`;
    entries[`${host}node_modules/${name}`] = {
      version,
      resolved: tarballOf(name, version, PUBLIC_REGISTRY),
      integrity: integrityOf(name, version),
      license: 'MIT',
      ...(asked.length === 0 ? {} : { dependencies: Object.fromEntries(asked.map((one) => [one, '*'])) }),
    };
  }
  const direct = names.slice(0, Math.min(count, MOST_DIRECT)).map((name) => [name, '*']);
  writeLock(
    folder,
    { name: 'bench-project', version: '1.0.0', dependencies: Object.fromEntries(direct) },
    entries,
  );
  return path.join(folder, 'package-lock.json');
}
