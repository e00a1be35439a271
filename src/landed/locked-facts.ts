import { join } from 'node:path';
import { unreadableLockfile } from '../lockfile/lockfile-error.js';
import { type NpmPackages, parsePackages } from '../lockfile/npm/npm-package.js';
import { parseLockfileJson } from '../lockfile/parse-json.js';
import { readTextIfPresent } from '../lockfile/read-text.js';
import { recordAt } from '../lockfile/shape.js';
import type { Unchecked } from '../model/resolved-tree.js';

export type LockedFacts = { readonly packages: NpmPackages; readonly unchecked: readonly Unchecked[] };

const NONE: NpmPackages = new Map();

/**
 * What the project's lockfile says of each location. npm makes a broken lockfile anew, so that one is noted and not
 * used; the packages are on the disk either way.
 */
export async function readLockedFacts(root: string): Promise<LockedFacts> {
  for (const file of ['npm-shrinkwrap.json', 'package-lock.json']) {
    try {
      const input = await readTextIfPresent(join(root, file));
      if (input === null) continue;
      const fail = unreadableLockfile(file);
      const lock = recordAt(parseLockfileJson(input), 'the document', fail);
      return {
        packages: lock['packages'] === undefined ? NONE : parsePackages(lock['packages'], fail),
        unchecked: [],
      };
    } catch (error) {
      const reason = `not used: ${error instanceof Error ? error.message : String(error)}`;
      return { packages: NONE, unchecked: [{ id: file, reason }] };
    }
  }
  return { packages: NONE, unchecked: [] };
}
