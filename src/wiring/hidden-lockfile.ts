import path from 'node:path';
import { readIfThere } from '../wrap/project-files.js';
import { PACKAGE_NAME, type RunningPackage } from './package-root.js';

/** What hooks/preinstall.cjs takes from phantom-guard.lock.json. */
const SHA512 = /(?:^|\s)(sha512-[A-Za-z0-9+/=]{88})(?=\s|$)/;

/** The sha512 of an integrity string; `null` where it has none. */
export function sha512Of(integrity: string | null): string | null {
  return integrity === null ? null : (SHA512.exec(integrity)?.[1] ?? null);
}

/** The integrity with which npm installed the running package, from the hidden lockfile beside it; `null` = unknown. */
export async function installedIntegrity({ root, version }: RunningPackage): Promise<string | null> {
  const modules = path.dirname(root);
  if (path.basename(modules) !== 'node_modules') return null;
  const bytes = await readIfThere(path.join(modules, '.package-lock.json'));
  if (bytes === null) return null;
  try {
    const entry = JSON.parse(bytes.toString('utf8'))?.packages?.[`node_modules/${PACKAGE_NAME}`];
    return entry?.version === version && typeof entry.integrity === 'string'
      ? sha512Of(entry.integrity)
      : null;
  } catch {
    // A damaged file says nothing; the registry is asked instead.
    return null;
  }
}
