import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { GuardError } from '../errors.js';
import { detectManager, type Manager } from '../lockfile/manager.js';
import type { Manifest } from '../lockfile/manifest.js';
import { readManifest } from '../lockfile/read-manifest.js';
import type { Change, Plan } from './change.js';
import { pnpmWorkspaceRoot } from './pnpm-root.js';
import { npmWiring } from './wire-npm.js';
import { pnpmWiring } from './wire-pnpm.js';
import type { WiredProject, Wiring } from './wiring.js';

const WIRINGS: Readonly<Record<Manager, Wiring>> = { npm: npmWiring, pnpm: pnpmWiring };

/**
 * What `init` would change in a project: with pnpm in the root of its workspace, which is where pnpm reads hooks.
 *
 * @throws GuardError NO_PROJECT, UNSUPPORTED_MANAGER, MANIFEST_UNREADABLE and those of the wirings
 */
export async function planProject(project: WiredProject): Promise<Plan> {
  const { manager, dir } = await placeOf(project.dir, await readProjectManifest(project.dir));
  const plan = await WIRINGS[manager].plan({ ...project, dir });
  if (dir === project.dir) return plan;
  const note = `This is a project of the pnpm workspace in ${dir}: pnpm reads hooks there, and there they are wired.`;
  return { ...plan, notes: [note, ...plan.notes] };
}

/** What `init --undo` would change in a project, whatever manager it uses by now. @throws GuardError NO_PROJECT */
export async function unplanProject(project: WiredProject): Promise<Plan> {
  const { manager, dir } = await unplannedPlace(project.dir, await readProjectManifest(project.dir));
  return joined([
    await npmWiring.unplan(project),
    await pnpmWiring.unplan(manager === 'pnpm' ? { ...project, dir } : project),
  ]);
}

/** What two of them take out goes when the last one says so. */
function joined(plans: readonly Plan[]): Plan {
  const changes = plans.flatMap((plan) => plan.changes);
  const last = new Map(changes.map((change, index) => [change.path, index]));
  return {
    changes: changes.filter((change: Change, index) => last.get(change.path) === index),
    emptied: [...new Set(plans.flatMap(({ emptied }) => emptied))],
    notes: [...new Set(plans.flatMap(({ notes }) => notes))],
  };
}

type Place = { readonly manager: Manager; readonly dir: string };

/** A pnpm-workspace.yaml, here or above, means pnpm where nothing in the folder itself names another manager. */
async function placeOf(dir: string, manifest: Manifest): Promise<Place> {
  const { manager, lockfile } = detectManager(manifest, await readdir(dir));
  const isNamed =
    lockfile !== null || manifest.packageManager !== null || manifest.devEngineManagers.length > 0;
  const root = pnpmWorkspaceRoot(dir);
  if (root !== null && (manager === 'pnpm' || !isNamed)) return { manager: 'pnpm', dir: root };
  return { manager, dir };
}

/** As {@link placeOf}; a manager that was never wired is none. */
async function unplannedPlace(dir: string, manifest: Manifest): Promise<Place> {
  try {
    return await placeOf(dir, manifest);
  } catch (error) {
    if (error instanceof GuardError && error.code === 'UNSUPPORTED_MANAGER') return { manager: 'npm', dir };
    throw error;
  }
}

async function readProjectManifest(dir: string): Promise<Manifest> {
  const manifest = await readManifest(path.join(dir, 'package.json'));
  if (manifest !== null) return manifest;
  throw new GuardError(
    'NO_PROJECT',
    `there is no package.json in ${dir}`,
    'Run init in the folder of a project, or wire the whole machine: phantom-guard-install init --global',
  );
}
