import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { GuardError } from '../errors.js';

/** The package that is running. */
export type RunningPackage = { readonly root: string; readonly version: string };

export const PACKAGE_NAME = 'phantom-guard-install';

/** Where the running program lies: the nearest folder above with a package.json of this package. */
export function runningPackage(from: string = import.meta.dirname): RunningPackage {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const manifest = manifestIn(folder);
    if (manifest?.['name'] === PACKAGE_NAME) return { root: folder, version: String(manifest['version']) };
    if (folder === path.dirname(folder))
      throw new GuardError('INTERNAL', `the files of ${PACKAGE_NAME} are not complete`, 'Install it again.');
  }
}

/** The package.json of a folder; `null` where there is none that can be read. */
export function manifestIn(folder: string): Readonly<Record<string, unknown>> | null {
  const file = path.join(folder, 'package.json');
  if (!existsSync(file)) return null;
  try {
    const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof manifest === 'object' && manifest !== null ? { ...manifest } : null;
  } catch {
    // Whatever it is, it is not ours.
    return null;
  }
}
