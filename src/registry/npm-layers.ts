import { GuardError } from '../errors.js';
import { boundedConfig } from './bounded-config.js';
import { findNpmPath } from './npm-path.js';

/** Who can set something for npm, without the command line and npm's defaults. */
export type NpmLayerName = 'env' | 'project' | 'user' | 'global' | 'builtin';

export type NpmLayer = {
  readonly name: NpmLayerName;
  /** A file, or what npm calls the layer. */
  readonly source: string;
  /** What this layer itself sets, as npm reads it: `true`, not `"true"`. */
  readonly values: Readonly<Record<string, unknown>>;
};

export type NpmLayers = {
  /** Strongest first. */
  readonly layers: readonly NpmLayer[];
  /** The folder of the project, as npm finds it. */
  readonly localPrefix: string;
};

const STRONGEST_FIRST: readonly NpmLayerName[] = ['env', 'project', 'user', 'global', 'builtin'];

const IS_NO_FILE = new Set(['ENOENT', 'ENOTDIR']);

/**
 * What each layer of npm's configuration says, for programs that tell a user which one decides.
 *
 * @param npmPath the folder of npm; found as for `readRegistrySettings` when left out
 * @throws GuardError REGISTRY_CONFIG_INVALID for files that exist and cannot be read
 */
export async function readNpmLayers(
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
  npmPath: string | null = null,
): Promise<NpmLayers> {
  const { default: Config } = await import('@npmcli/config');
  const { default: definitions } = await import('@npmcli/config/lib/definitions/index.js');
  const config = new (boundedConfig(Config))({
    ...definitions,
    npmPath: npmPath ?? (await findNpmPath(env, process.execPath)),
    // The library writes npm_config_* variables into the environment that it is given.
    env: { ...env },
    argv: ['node', 'npm'],
    cwd,
    warn: false,
  });
  await config.load().catch((cause: unknown) => {
    if (cause instanceof GuardError) throw cause;
    throw unreadable('the npm configuration', cause);
  });
  for (const { source, loadError } of config.data.values()) {
    if (loadError && !IS_NO_FILE.has(loadError.code ?? '')) throw unreadable(source ?? 'a .npmrc', loadError);
  }
  const layers = STRONGEST_FIRST.flatMap((name): NpmLayer[] => {
    const layer = config.data.get(name);
    // Each layer's object inherits from the weaker one's.
    return layer === undefined ? [] : [{ name, source: layer.source ?? name, values: { ...layer.data } }];
  });
  return { layers, localPrefix: config.localPrefix };
}

function unreadable(what: string, cause: unknown): GuardError {
  return new GuardError(
    'REGISTRY_CONFIG_INVALID',
    `${what} cannot be read`,
    'Run "npm config list" to see what npm makes of it.',
    cause,
  );
}
