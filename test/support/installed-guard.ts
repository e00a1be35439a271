import { copyFileSync, linkSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** What the published package holds of this repository, as far as it is needed to run. */
const PARTS = ['dist', 'data', 'hooks', 'schemas'];
export const GUARD_NAME = 'phantom-guard-install';

/** Puts the built guard below `directory`, as an install of it does. Returns its folder. */
export function installGuard(directory: string): string {
  const place = path.join(directory, 'node_modules', GUARD_NAME);
  for (const file of guardFiles()) {
    mkdirSync(path.dirname(path.join(place, file)), { recursive: true });
    link(path.resolve(file), path.join(place, file));
  }
  return place;
}

/** Relative to this repository, which is the current folder of every test. */
export function guardFiles(): readonly string[] {
  const listed = PARTS.flatMap((part) =>
    readdirSync(part, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name)),
  );
  return ['package.json', ...listed.filter((file) => !file.startsWith(path.join('dist', 'types')))];
}

/** The data are megabytes, and the guard is installed in every cell of the matrix. */
function link(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}
