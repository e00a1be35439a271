import path from 'node:path';
import { guardingClones } from '../wrap/guarded-clones.js';
import { type ReadyNpms, readyNpms } from '../wrap/ready-npm.js';
import { findProgram, INSIDE } from '../wrap/real-npm.js';
import type { NpmRun } from '../wrap/spawn-npm.js';
import type { Io } from './io.js';
import type { CheckOptions } from './options.js';

/** What can be done for a wrapped npm before anything is judged, or the modules that judge are loaded. */
export type NpmStart = { readonly run: Omit<NpmRun, 'args'>; readonly ready: ReadyNpms };

/**
 * @param argv the arguments after `npm`
 * @throws GuardError NO_MANAGER
 */
export async function startNpm(argv: readonly string[], options: CheckOptions, io: Io): Promise<NpmStart> {
  const run = {
    program: await findProgram('npm', io.env),
    cwd: io.cwd,
    env: guardingClones(withoutOurs(io.env), wordsOf(options, io)),
  };
  return { run, ready: readyNpms(run, argv) };
}

/** npm must not take what was said to us for its own settings. */
export function withoutOurs(env: Io['env']): Io['env'] {
  const { [INSIDE]: _, ...rest } = env;
  return rest;
}

/** What decides a verdict, as words of a command line. */
function wordsOf(options: CheckOptions, io: Io): readonly string[] {
  const { failOn, config, downloadsUrl, cacheDir, offline, registry, useCache, useData } = options;
  const absolute = (file: string | null) => (file === null ? null : path.resolve(io.cwd, file));
  const values = {
    'fail-on': failOn,
    config: absolute(config),
    'downloads-url': downloadsUrl,
    'cache-dir': absolute(cacheDir),
    registry,
  };
  const switches = [offline && '--offline', !useCache && '--no-cache', !useData && '--no-data', '--quiet'];
  return [
    ...Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [`--${name}=${value}`])),
    ...switches.filter((word) => word !== false),
  ];
}
