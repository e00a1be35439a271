import { join, normalize, sep } from 'node:path';
import { isThere } from '../../inputs/is-there.js';
import type { Unchecked } from '../../model/resolved-tree.js';
import type { Patch } from './pnpm-workspace.js';

/** The patches that a review of the project's own files would not show: they lie elsewhere, or nowhere. */
export function patchLines(directory: string, patches: readonly Patch[]): readonly Unchecked[] {
  const once = new Map(patches.map((patch) => [JSON.stringify(patch), patch]));
  return [...once.values()].flatMap(({ key, file }) => {
    const id = `patchedDependencies: ${key}`;
    if (!isInside(file))
      return [{ id, reason: `its patch lies outside of the project: ${file.slice(0, 200)}` }];
    return isThere(join(directory, file))
      ? []
      : [{ id, reason: `its patch does not exist: ${file.slice(0, 200)}` }];
  });
}

function isInside(file: string): boolean {
  const place = normalize(file);
  return !/^(?:[\\/]|[a-z]:)/i.test(file) && place !== '..' && !place.startsWith(`..${sep}`);
}
