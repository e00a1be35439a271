import { constants, cp, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { exists } from '../wrap/exists.js';
import { readIfThere } from '../wrap/project-files.js';
import { makeStagingPlace } from '../wrap/staging-place.js';

/** A copy of a project without what is installed, for pnpm to resolve in. */
export type PnpmStaging = {
  readonly root: string;
  readonly placeOf: (folder: string) => string;
  readonly remove: () => Promise<void>;
};

const LEFT_OUT = new Set(['node_modules', '.git']);
/** In the copy the hooks of a wired project judge nothing: the guard judges the lockfile that comes out. */
const UNGUARDED = `'use strict';
const { existsSync } = require('node:fs');
const { join } = require('node:path');
module.exports = (dir) => {
  const file = join(dir, '.pnpmfile.user.cjs');
  return existsSync(file) ? require(file) : { hooks: { readPackage: (manifest) => manifest } };
};
`;

/** Copies the whole project, since its pnpmfile may load anything of it, and its dependencies may be folders of it. */
export async function stagePnpm(root: string): Promise<PnpmStaging> {
  const place = await makeStagingPlace();
  const remove = () => rm(place, { recursive: true, force: true });
  try {
    await cp(root, place, {
      recursive: true,
      verbatimSymlinks: true,
      mode: constants.COPYFILE_FICLONE,
      filter: (file) => file === root || !LEFT_OUT.has(path.basename(file)),
    });
    const hooks = path.join(place, '.phantom-guard', 'pnpmfile.cjs');
    if (await exists(hooks)) await writeFile(hooks, UNGUARDED);
  } catch (error) {
    await remove();
    throw error;
  }
  return { root: place, placeOf: (folder) => path.join(place, path.relative(root, folder)), remove };
}

/** The files that decide what pnpm installs, by their path below `root`: lockfiles, manifests, settings. */
export async function pnpmFiles(root: string): Promise<ReadonlyMap<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const walk = async (below: string): Promise<void> => {
    for (const entry of await readdir(path.join(root, below), { withFileTypes: true })) {
      const file = path.join(below, entry.name);
      if (entry.isDirectory() && !LEFT_OUT.has(entry.name)) await walk(file);
      if (!entry.isFile() || !isDeciding(entry.name)) continue;
      const bytes = await readIfThere(path.join(root, file));
      if (bytes !== null) files.set(file, bytes);
    }
  };
  await walk('');
  return files;
}

function isDeciding(name: string): boolean {
  return name === 'package.json' || name === 'pnpm-workspace.yaml' || /^pnpm-lock\..*yaml$/.test(name);
}
