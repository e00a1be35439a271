import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { integrityOf, type MadePackage, tarballOf } from './make-packument.js';
import type { Setting } from './scenario.js';

type Locked = Record<string, unknown>;

/**
 * Writes a project as npm leaves it (package.json, package-lock.json, .npmrc) below `directory`, and returns the path of
 * its lockfile. It asks for the packages itself, or for `parents` that do.
 */
export function writeProject(
  directory: string,
  packages: readonly MadePackage[],
  { parents, privateScope }: Setting,
  registryUrl: string,
): string {
  const project = mkdtempSync(join(directory, 'project-'));
  const locked = new Map(packages.map((made) => [made.name, lock(made, registryUrl)]));
  const direct = parents === undefined ? packages : adopt(packages, parents, locked, registryUrl);
  const dependencies = Object.fromEntries(direct.map(({ name, version }) => [name, version]));
  const root = { name: 'bench-project', version: '1.0.0', dependencies };
  const lockfile = {
    name: root.name,
    version: root.version,
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': root,
      ...Object.fromEntries([...locked].map(([name, entry]) => [`node_modules/${name}`, entry])),
    },
  };
  writeFileSync(join(project, 'package.json'), JSON.stringify(root));
  writeFileSync(
    join(project, '.npmrc'),
    privateScope === undefined ? '' : `${privateScope}:registry=${registryUrl}\n`,
  );
  const path = join(project, 'package-lock.json');
  writeFileSync(path, JSON.stringify(lockfile));
  return path;
}

/** Adds one established parent for each package, and returns the parents. */
function adopt(
  packages: readonly MadePackage[],
  parents: readonly string[],
  locked: Map<string, Locked>,
  registryUrl: string,
): { readonly name: string; readonly version: string }[] {
  return packages.map((child, index) => {
    const name = parents[index] ?? 'express';
    const parent = { name, version: '4.0.0', installScript: false };
    locked.set(name, { ...lock(parent, registryUrl), dependencies: { [child.name]: `^${child.version}` } });
    return parent;
  });
}

function lock(
  { name, version, installScript }: Pick<MadePackage, 'name' | 'version' | 'installScript'>,
  registryUrl: string,
): Locked {
  return {
    version,
    resolved: tarballOf(name, version, registryUrl),
    integrity: integrityOf(name, version),
    ...(installScript ? { hasInstallScript: true } : {}),
    license: 'MIT',
  };
}
