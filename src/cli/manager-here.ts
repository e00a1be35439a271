import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { detectManager } from '../lockfile/manager.js';
import { readManifest } from '../lockfile/read-manifest.js';

/**
 * The manager whose guarded install a run without a command is.
 *
 * @throws GuardError NO_PROJECT, UNSUPPORTED_MANAGER, MANIFEST_UNREADABLE
 */
export async function managerHere(cwd: string): Promise<'npm' | 'pnpm'> {
  return detectManager(await readManifest(path.join(cwd, 'package.json')), await readdir(cwd)).manager;
}
