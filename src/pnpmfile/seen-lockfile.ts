import { parsePackageId } from '../lockfile/pnpm/package-id.js';
import type { SeenManifest } from './seen-manifest.js';

const VERSION = /^\d+\.\d+\.\d+(?:[-+][\w.+-]*)?$/;

/**
 * The packages of a registry in the lockfile that pnpm hands to `preResolution`: it may be another one than
 * pnpm-lock.yaml (`gitBranchLockfile`, a lockfile for each project). What they ask for stands there too.
 */
export function readSeenLockfile(lockfile: unknown): readonly SeenManifest[] {
  const packages = fieldsOf(fieldsOf(lockfile)['packages']);
  return Object.entries(packages).flatMap(([path, entry]) => {
    const id = parsePackageId(path);
    if (id === null || !VERSION.test(id.reference)) return [];
    const { integrity, tarball } = fieldsOf(fieldsOf(entry)['resolution']);
    return [
      {
        name: id.name,
        version: id.reference,
        published: { integrity: textOrNull(integrity), tarball: textOrNull(tarball) },
        hasInstallScript: null,
        requests: [],
      },
    ];
  });
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
