import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { type GuardedUser, guardedUser, type Started, start } from '../../test/support/guarded-process.js';
import { writeProject } from '../../test/support/projects.js';
import {
  type PackageDefinition,
  startTarballRegistry,
  type TarballRegistry,
} from '../../test/support/tarball-registry.js';

export const GOOD = [...'abcdefgh'].map((letter) => `zq-good-${letter}`);
export const SQUAT = 'zq-squat';

/** A registry with old packages and a squat of yesterday. */
export function startInstallRegistry(): Promise<TarballRegistry> {
  const versions = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`1.${index}.0`, {}]));
  const good: PackageDefinition[] = GOOD.map((name) => ({ name, ageDays: 2000, versions }));
  const squat = { name: SQUAT, ageDays: 1, versions: { '1.0.0': {} }, repository: null } as const;
  return startTarballRegistry([...good, squat]);
}

/** A project with a lockfile of the good packages, and of the squat where it is to be refused. */
export function newProject(registry: TarballRegistry, isRefused: boolean): string {
  const names = isRefused ? [...GOOD, SQUAT] : GOOD;
  const dependencies = Object.fromEntries(names.map((name) => [name, '*']));
  const locked = names.map((name) => {
    const version = name === SQUAT ? '1.0.0' : '1.11.0';
    return [`node_modules/${name}`, registry.lockEntry(name, version)];
  });
  const root = { name: 'project', version: '1.0.0', dependencies };
  return writeProject({
    'package.json': root,
    'package-lock.json': {
      name: 'project',
      version: '1.0.0',
      lockfileVersion: 3,
      requires: true,
      packages: { '': root, ...Object.fromEntries(locked) },
    },
    'node_modules/kept/package.json': { name: 'kept', version: '1.0.0' },
  });
}

export function startInstall(words: readonly string[], user: GuardedUser, cwd: string): Started {
  const program = [process.execPath, path.resolve('dist/cli.js'), '--downloads-url', 'none', 'npm'];
  return start([...program, ...words], { ...user, cwd });
}

export function newUser(registry: TarballRegistry): GuardedUser {
  return guardedUser(registry.url);
}

export function isInstalled(project: string): boolean {
  return GOOD.every((name) => existsSync(path.join(project, 'node_modules', name, 'package.json')));
}

/** Staging folders and what npm leaves beside packages that it was unpacking. */
export function leftoversOf({ temporary }: GuardedUser): readonly string[] {
  return readdirSync(temporary).filter((name) => name.startsWith('phantom-guard'));
}
