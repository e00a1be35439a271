import { readFileSync } from 'node:fs';
import { packTarball } from '../../src/model/pack-tarball.js';
import { GUARD_NAME, guardFiles } from '../support/installed-guard.js';
import type { LockEntry, TarballRegistry } from '../support/tarball-registry.js';

const { version: VERSION } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
let packed: Buffer | null = null;

/** Puts the built guard on the registry as its package. Returns what a lockfile says of it. */
export function publishGuard(registry: TarballRegistry): LockEntry {
  packed ??= packTarball(
    guardFiles().map((file) => ({ path: `package/${file}`, content: readFileSync(file) })),
  );
  registry.publish({
    name: GUARD_NAME,
    versions: { '0.0.1': {}, '0.0.2': {}, [VERSION]: { tarball: packed } },
    ageDays: 6 * 365,
  });
  return registry.lockEntry(GUARD_NAME, VERSION);
}
