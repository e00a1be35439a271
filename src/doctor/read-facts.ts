import { existsSync } from 'node:fs';
import path from 'node:path';
import { readNpmLayers } from '../registry/npm-layers.js';
import { placesOf } from '../wiring/places.js';
import { npmFolder, npmVersion } from '../wrap/npm-version.js';
import type { Facts, NpmFacts } from './facts.js';
import { findCalls } from './find-calls.js';
import { findOnPath } from './find-on-path.js';
import { readConfig } from './read-config.js';
import { readGate } from './read-gate.js';
import { readHooks } from './read-hooks.js';
import { readLockfileFacts } from './read-lockfile-facts.js';
import { readPnpm } from './read-pnpm.js';
import { readShims } from './read-shims.js';
import { readTreeFacts } from './read-tree-facts.js';

/** What of the process the facts depend on. */
export type FactsRequest = {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform: NodeJS.Platform;
};

/**
 * Looks at PATH, start files, npm's configuration and the project. Writes nothing, and asks no registry.
 *
 * @throws GuardError REGISTRY_CONFIG_INVALID
 */
export async function readFacts(request: FactsRequest): Promise<Facts> {
  const { cwd, env, platform } = request;
  const isCi = !/^(?:|0|false)$/i.test(env['CI'] ?? '');
  const places = placesOf(env);
  const npm = await readNpm(cwd, env);
  const folder = npm === null ? null : await npmFolder(npm.path);
  const { layers, localPrefix: project } = await readNpmLayers(cwd, env, folder);
  return {
    platform,
    isCi,
    project,
    hasProject: existsSync(path.join(project, 'package.json')),
    npm,
    layers,
    shims: await readShims(places, env),
    gate: await readGate(layers, places),
    gateElsewhere: await readGate(
      layers.filter(({ name }) => name !== 'project'),
      places,
    ),
    hooks: await readHooks(project, places),
    lockfile: await readLockfileFacts(project),
    tree: await readTreeFacts(project),
    config: await readConfig({ ...request, project, isCi }),
    calls: await findCalls(project),
    pnpm: await readPnpm({ project, places, layers, env }),
  };
}

async function readNpm(cwd: string, env: FactsRequest['env']): Promise<NpmFacts | null> {
  const real = (await findOnPath('npm', env)).find(({ isShim }) => !isShim);
  if (real === undefined) return null;
  const version = await npmVersion(real.file, cwd, env);
  return { path: real.file, version, major: version === null ? null : Number.parseInt(version, 10) };
}
