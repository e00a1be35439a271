import type { NpmPackages } from './npm-package.js';

const FOLDER = 'node_modules';

/** Where node finds the package `key` from `from`: the nearest node_modules upwards; `null` = nowhere. */
export function resolveLocation(from: string, key: string, packages: NpmPackages): string | null {
  for (let folder = from; ; ) {
    if (!isModulesFolder(folder)) {
      const location = folder === '' ? `${FOLDER}/${key}` : `${folder}/${FOLDER}/${key}`;
      if (packages.has(location)) return location;
    }
    if (folder === '') return null;
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
  }
}

function isModulesFolder(folder: string): boolean {
  return (
    folder.endsWith(FOLDER) && (folder.length === FOLDER.length || folder.at(-FOLDER.length - 1) === '/')
  );
}
