import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';

/** Every file and link below a folder, by relative path: its mode and a hash of its bytes. */
export type Snapshot = ReadonlyMap<string, string>;

/** Which parts of a project are byte for byte as they were. */
export type Untouched = {
  readonly manifests: boolean;
  readonly lockfile: boolean;
  readonly modules: boolean;
  readonly rest: boolean;
};

export function takeSnapshot(dir: string): Snapshot {
  const names = readdirSync(dir, { recursive: true, encoding: 'utf8' }).sort();
  return new Map(names.map((name) => [name, describe(path.join(dir, name))]));
}

export function compareSnapshots(before: Snapshot, after: Snapshot): Untouched {
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (name) => before.get(name) !== after.get(name),
  );
  const parts = new Set(changed.map(partOf));
  return {
    manifests: !parts.has('manifests'),
    lockfile: !parts.has('lockfile'),
    modules: !parts.has('modules'),
    rest: !parts.has('rest'),
  };
}

function partOf(name: string): keyof Untouched {
  if (name.split(path.sep).includes('node_modules')) return 'modules';
  if (path.basename(name) === 'package.json') return 'manifests';
  return ['package-lock.json', 'npm-shrinkwrap.json'].includes(name) ? 'lockfile' : 'rest';
}

function describe(file: string): string {
  const stats = lstatSync(file);
  if (stats.isSymbolicLink()) return `link ${readlinkSync(file)}`;
  if (!stats.isFile()) return `folder ${stats.mode}`;
  return `${stats.mode} ${createHash('sha256').update(readFileSync(file)).digest('hex')}`;
}
