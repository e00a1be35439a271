import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { GuardError } from '../errors.js';
import { detectManager } from '../lockfile/manager.js';
import { readManifest } from '../lockfile/read-manifest.js';
import type { Plan } from './change.js';
import { npmWiring } from './wire-npm.js';
import type { WiredProject, Wiring } from './wiring.js';

/** Every package manager that this version can wire. */
export const WIRINGS: readonly Wiring[] = [npmWiring];

/**
 * What `init` would change in a project.
 *
 * @throws GuardError NO_PROJECT, UNSUPPORTED_MANAGER, NOT_YET, MANIFEST_UNREADABLE and those of the wirings
 */
export async function planProject(project: WiredProject): Promise<Plan> {
  return joined(await Promise.all((await wiringsOf(project)).map((wiring) => wiring.plan(project))));
}

/** What `init --undo` would change in a project, whatever manager it uses by now. @throws GuardError NO_PROJECT */
export async function unplanProject(project: WiredProject): Promise<Plan> {
  await readProjectManifest(project.dir);
  return joined(await Promise.all(WIRINGS.map((wiring) => wiring.unplan(project))));
}

function joined(plans: readonly Plan[]): Plan {
  return {
    changes: plans.flatMap(({ changes }) => changes),
    emptied: plans.flatMap(({ emptied }) => emptied),
    notes: plans.flatMap(({ notes }) => notes),
  };
}

async function wiringsOf({ dir }: WiredProject): Promise<readonly Wiring[]> {
  const manifest = await readProjectManifest(dir);
  const { manager, because } = detectManager(manifest, await readdir(dir));
  const wirings = WIRINGS.filter((wiring) => wiring.manager === manager);
  if (wirings.length > 0) return wirings;
  throw new GuardError(
    'NOT_YET',
    `${manager} is in use here (${because}), and this version has nothing to wire for it`,
    'Run "phantom-guard-install check" before you install, in CI too.',
  );
}

async function readProjectManifest(dir: string) {
  const manifest = await readManifest(path.join(dir, 'package.json'));
  if (manifest !== null) return manifest;
  throw new GuardError(
    'NO_PROJECT',
    `there is no package.json in ${dir}`,
    'Run init in the folder of a project, or wire the whole machine: phantom-guard-install init --global',
  );
}
