import { existsSync } from 'node:fs';
import path from 'node:path';
import { findOnPath } from '../doctor/find-on-path.js';
import { readGate } from '../doctor/read-gate.js';
import { type HookState, readHooks } from '../doctor/read-hooks.js';
import { readNpmLayers } from '../registry/npm-layers.js';
import { type Places, placesOf } from '../wiring/places.js';
import { npmFolder, npmVersion } from '../wrap/npm-version.js';
import { findProgram } from '../wrap/real-npm.js';
import type { Way } from './ways.js';

type Env = Readonly<Record<string, string | undefined>>;

export type GuardName = 'wrapper' | 'shim' | 'script gate' | 'preinstall';

/** What is there to stop a package, before anything is tried. */
export type Wiring = {
  readonly npmVersion: string | null;
  readonly hooks: HookState;
  /** What somebody has set up for this way in, strongest first. */
  readonly guardsOf: (way: Way) => readonly GuardName[];
};

/**
 * Reads what guards this user and this project have. A shim counts also where it is not found: that is what its owner
 * wants to hear about.
 *
 * @param neutral a folder in which no project's .npmrc counts
 * @throws GuardError NO_MANAGER, REGISTRY_CONFIG_INVALID
 */
export async function readWiring(cwd: string, env: Env, neutral: string): Promise<Wiring> {
  const program = await findProgram('npm', env);
  const places = placesOf(env);
  const version = await npmVersion(program, cwd, env);
  const { layers } = await readNpmLayers(neutral, env, await npmFolder(program));
  const gate = await readGate(layers, places);
  const hooks = await readHooks(cwd, places);
  const major = version === null ? 0 : Number.parseInt(version, 10);
  const shims = { npm: await shimState('npm', places, env), npx: await shimState('npx', places, env) };
  const guardsOf = ({ kind, program: name, asked }: Way): readonly GuardName[] => {
    if (kind === 'wrapper') return ['wrapper'];
    const guards: GuardName[] = shims[name] === 'found' ? ['shim'] : [];
    // npm 12 runs no scripts of dependencies, and no `npx` calls the gate for those of what it fetches.
    if (gate.isEffective && major < 12 && name === 'npm') guards.push('script gate');
    if (kind === 'hooks' && asked !== 'on the command line') guards.push('preinstall');
    return shims[name] === 'not found' ? [...guards, 'shim'] : guards;
  };
  return { npmVersion: version, hooks, guardsOf };
}

/** Whether a shell comes to the shim of that name; `null` = nobody has set one up. */
async function shimState(name: string, { shims }: Places, env: Env): Promise<'found' | 'not found' | null> {
  const [first] = await findOnPath(name, env);
  if (first?.isShim === true) return 'found';
  return existsSync(path.join(shims, name)) ? 'not found' : null;
}
