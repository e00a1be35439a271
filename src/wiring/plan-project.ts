import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { GuardError } from '../errors.js';
import { detectManager, type Manager } from '../lockfile/manager.js';
import type { Manifest } from '../lockfile/manifest.js';
import { readManifest } from '../lockfile/read-manifest.js';
import type { Change, Plan } from './change.js';
import { pnpmWorkspaceRoot } from './pnpm-root.js';
import {
  type PluginRequest,
  planConfigDependency,
  unplanConfigDependency,
} from './wire-config-dependency.js';
import { npmWiring } from './wire-npm.js';
import { pnpmWiring } from './wire-pnpm.js';
import type { WiredProject, Wiring } from './wiring.js';

const WIRINGS: Readonly<Record<Manager, Wiring>> = { npm: npmWiring, pnpm: pnpmWiring };

/**
 * What `init` would change in a project: npm and pnpm, unless its package.json names one. pnpm is wired in the root of its
 * workspace, which is where it reads hooks. Where the manager in use can be wired and the other can't, that is a note.
 *
 * @throws GuardError NO_PROJECT, UNSUPPORTED_MANAGER, MANIFEST_UNREADABLE and those of the wiring of the manager in use
 */
export async function planProject(project: WiredProject): Promise<Plan> {
  const manifest = await readProjectManifest(project.dir);
  const { manager, dir } = await placeOf(project.dir, manifest);
  const plan = await WIRINGS[manager].plan({ ...project, dir });
  const others = isNamedIn(manifest) ? [] : [await planOther(project, manager)];
  const place = dir === project.dir ? [] : [placeNote(dir)];
  const { changes, emptied, notes } = joined([plan, ...others], 'first');
  return { changes, emptied, notes: [...place, ...notes] };
}

/**
 * What `init --config-dependency` would change.
 *
 * @throws GuardError as `planProject`, USAGE where the project names npm, and those of `planConfigDependency`
 */
export async function planPlugin(project: WiredProject, request: PluginRequest): Promise<Plan> {
  const manifest = await readProjectManifest(project.dir);
  const { manager } = await placeOf(project.dir, manifest);
  if (manager === 'npm' && isNamedIn(manifest)) {
    throw new GuardError(
      'USAGE',
      'package.json names npm, which has no config dependencies',
      'phantom-guard-install init',
    );
  }
  return await planConfigDependency(project, request);
}

/** The manager that is not in use, as far as it can be wired. */
async function planOther(project: WiredProject, inUse: Manager): Promise<Plan> {
  const root = pnpmWorkspaceRoot(project.dir);
  const other = inUse === 'npm' ? 'pnpm' : 'npm';
  if (inUse === 'pnpm' && root !== null && root !== project.dir)
    return only('npm is not wired here: what is installed in a workspace of pnpm is installed by pnpm.');
  try {
    return await WIRINGS[other].plan({ ...project, dir: (other === 'pnpm' ? root : null) ?? project.dir });
  } catch (error) {
    if (!(error instanceof GuardError)) throw error;
    return only(`${other} is not wired: ${error.message}. ${error.hint}`);
  }
}

function only(note: string): Plan {
  return { changes: [], emptied: [], notes: [note] };
}

function placeNote(dir: string): string {
  return `This is a project of the pnpm workspace in ${dir}: pnpm reads hooks there, and there they are wired.`;
}

/** What `init --undo` would change in a project, whatever manager it uses by now. @throws GuardError NO_PROJECT */
export async function unplanProject(project: WiredProject): Promise<Plan> {
  const { manager, dir } = await unplannedPlace(project.dir, await readProjectManifest(project.dir));
  const root = manager === 'pnpm' ? dir : project.dir;
  const plans = [
    await npmWiring.unplan(project),
    await pnpmWiring.unplan({ ...project, dir: root }),
    await unplanConfigDependency(project),
  ];
  return joined(plans, 'last');
}

/** What `init --config-dependency --undo` would change. @throws GuardError NO_PROJECT */
export async function unplanPlugin(project: WiredProject): Promise<Plan> {
  await readProjectManifest(project.dir);
  return await unplanConfigDependency(project);
}

/** What two of them write is there before the first needs it; what two take out goes when the last one says so. */
function joined(plans: readonly Plan[], kept: 'first' | 'last'): Plan {
  const changes = plans.flatMap((plan) => plan.changes);
  const places = changes.map((change, index) => [change.path, index] as const);
  const at = new Map(kept === 'first' ? places.toReversed() : places);
  return {
    changes: changes.filter((change: Change, index) => at.get(change.path) === index),
    emptied: [...new Set(plans.flatMap(({ emptied }) => emptied))],
    notes: [...new Set(plans.flatMap(({ notes }) => notes))],
  };
}

type Place = { readonly manager: Manager; readonly dir: string };

/** A pnpm-workspace.yaml, here or above, means pnpm where nothing in the folder itself names another manager. */
async function placeOf(dir: string, manifest: Manifest): Promise<Place> {
  const { manager, lockfile } = detectManager(manifest, await readdir(dir));
  const isTold = lockfile !== null || isNamedIn(manifest);
  const root = pnpmWorkspaceRoot(dir);
  if (root !== null && (manager === 'pnpm' || !isTold)) return { manager: 'pnpm', dir: root };
  return { manager, dir };
}

function isNamedIn({ packageManager, devEngineManagers }: Manifest): boolean {
  return packageManager !== null || devEngineManagers.length > 0;
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
