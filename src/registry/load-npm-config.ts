import type { NpmConfigLayer } from '@npmcli/config';
import { GuardError } from '../errors.js';
import { boundedConfig } from './bounded-config.js';
import { noteNpmInputs } from './note-npm-inputs.js';
import { NPM_REGISTRY_VARIABLE, type PnpmOverlay, parseIni, plainValues } from './pnpm-config.js';
import { parseRegistryUrl } from './registry-url.js';

/** npm's configuration after all layers: the options as npm hands them to its HTTP client, and where they came from. */
export type NpmConfigValues = {
  readonly flat: Readonly<Record<string, unknown>>;
  /** npm's own default of `registry`, normalised. */
  readonly publicRegistry: string;
  /** Somebody has set the key, in whatever layer. */
  readonly isSet: (key: string) => boolean;
  /** The project's own .npmrc decides the key. */
  readonly isFromProject: (key: string) => boolean;
  /** The file (or `environment`, `command line options`) that decided the key. */
  readonly sourceOf: (key: string) => string;
};

/** npm's command line layer by option name. */
export type NpmCommandLine = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

export type NpmConfigRequest = {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly argv: NpmCommandLine;
  readonly npmPath: string;
  /** What pnpm adds, where it is the manager; `null` = npm's own layers alone. */
  readonly pnpm: PnpmOverlay | null;
};

/** The settings with a definition of their own that decide about requests. */
const KEYS = new Set([
  'registry',
  'ca',
  'cafile',
  'cert',
  'key',
  'strict-ssl',
  'proxy',
  'https-proxy',
  'noproxy',
  'fetch-retries',
  'fetch-timeout',
  'local-address',
  'user-agent',
]);
/** Where further layers are read from. */
const FILES = new Set(['userconfig', 'globalconfig']);
/** A value that npm would drop here would send names to another registry, or around the proxy. */
const MUST_BE_VALID = new Set(['registry', 'proxy', 'https-proxy']);
const LAYERS_TO_VALIDATE = ['builtin', 'global', 'user', 'project', 'env'];

type Rejected = { readonly key: string; readonly source: string };
type Library = Awaited<ReturnType<typeof importLibrary>>;
type LoadedConfig = InstanceType<Library['Config']>;

/** Loads npm's configuration. @throws GuardError REGISTRY_CONFIG_INVALID */
export async function loadNpmConfig(request: NpmConfigRequest): Promise<NpmConfigValues> {
  refuseVariables(request);
  const library = await importLibrary();
  try {
    const config = await loadLayers(library, request);
    return {
      flat: flatten(library, config),
      publicRegistry: publicRegistryOf(library),
      isSet: (key) => config.find(key) !== 'default',
      isFromProject: (key) => isFromProject(config, key, request),
      sourceOf: (key) => sourceOf(config, key, request),
    };
  } catch (error) {
    throw error instanceof GuardError ? error : unusable(error);
  }
}

/** What of a command line of npm decides about requests: registries, those of scopes, credentials, proxies, files to read. */
export function requestOptions(given: Readonly<Record<string, unknown>>): NpmCommandLine {
  const entries = Object.entries(given).flatMap(([key, value]): [string, string | readonly string[]][] => {
    if (!KEYS.has(key) && !FILES.has(key) && !/^(?:@|\/\/)/.test(key)) return [];
    return value === undefined || value === null
      ? []
      : [[key, Array.isArray(value) ? value.map(String) : String(value)]];
  });
  return Object.fromEntries(entries);
}

/** 20–30 ms, so only where a registry is configured for. */
async function importLibrary() {
  const { default: Config } = await import('@npmcli/config');
  const { default: definitions } = await import('@npmcli/config/lib/definitions/index.js');
  return { Config, definitions };
}

async function loadLayers(library: Library, request: NpmConfigRequest): Promise<LoadedConfig> {
  const rejected: Rejected[] = [];
  class SilentConfig extends boundedConfig(library.Config) {
    override invalidHandler(key: string, value: unknown, _type: unknown, source: string): void {
      if (MUST_BE_VALID.has(key) && value !== '') rejected.push({ key, source });
    }
  }
  const config = new SilentConfig({
    ...library.definitions,
    npmPath: request.npmPath,
    // The library writes npm_config_* variables into the environment that it is given.
    env: environmentOf(request),
    argv: ['node', 'npm', ...commandLine({ ...plainValues(request.pnpm?.strong ?? {}), ...request.argv })],
    cwd: request.cwd,
    warn: false,
  });
  await config.load();
  noteNpmInputs(config, request.cwd, request.env);
  addPnpmFiles(config, request);
  for (const layer of LAYERS_TO_VALIDATE) config.validate(layer);
  refuse(rejected[0]);
  config.validate();
  return config;
}

/** pnpm replaces none in what the project's YAML says: what is in the environment would go to the host beside it. */
function refuseVariables({ argv, pnpm }: NpmConfigRequest): void {
  if (pnpm === null) return;
  for (const [key, { value, source }] of Object.entries(pnpm.strong)) {
    if (argv[key] !== undefined || !pnpm.projectKeys.has(key) || !value.includes('${')) continue;
    throw new GuardError(
      'REGISTRY_CONFIG_INVALID',
      `"${key}" in ${source} holds a variable, which pnpm does not replace there`,
      'Write the URL itself, or set it in the configuration of the user.',
    );
  }
}

function environmentOf({ env, pnpm }: NpmConfigRequest): Record<string, string | undefined> {
  if (pnpm === null || pnpm.readsNpmEnv) return { ...env };
  return Object.fromEntries(Object.entries(env).filter(([key]) => !NPM_REGISTRY_VARIABLE.test(key)));
}

/** npm's library keeps the layers; pnpm's files get their place by the layer beside them. */
function addPnpmFiles(config: LoadedConfig, { pnpm, env }: NpmConfigRequest): void {
  const add = (layer: string, file: PnpmOverlay['aboveUser']): void => {
    const data = config.data.get(layer)?.data as Record<string, unknown> | undefined;
    if (data === undefined || file === null) return;
    for (const [key, { value }] of Object.entries(parseIni(file, env))) data[key] = value;
  };
  add('user', pnpm?.aboveUser ?? null);
  add('global', pnpm?.belowUser ?? null);
}

function isFromProject(config: LoadedConfig, key: string, { argv, pnpm }: NpmConfigRequest): boolean {
  if (config.find(key) !== 'cli') return config.find(key) === 'project';
  return argv[key] === undefined && pnpm?.projectKeys.has(key) === true;
}

function commandLine(argv: NpmConfigRequest['argv']): readonly string[] {
  return Object.entries(argv).flatMap(([key, value]) =>
    value === undefined ? [] : [value].flat().map((one) => `--${key}=${one}`),
  );
}

function refuse(rejected: Rejected | undefined): void {
  if (rejected === undefined) return;
  throw new GuardError(
    'REGISTRY_CONFIG_INVALID',
    `"${rejected.key}" in ${rejected.source} is not a URL`,
    `Correct the value of "${rejected.key}", or remove it to use the default.`,
  );
}

/** As the library's own `flat`, but only the keys that count here: others write to this process's environment. */
function flatten(library: Library, config: LoadedConfig): Record<string, unknown> {
  const flat: Record<string, unknown> = {};
  for (const { data } of config.data.values()) {
    for (const key of Object.keys(data)) flattenKey(library, key, data, flat);
  }
  return flat;
}

function flattenKey(
  library: Library,
  key: string,
  data: NpmConfigLayer['data'],
  flat: Record<string, unknown>,
): void {
  if (key.startsWith('//') || key.startsWith('@')) flat[key] = data[key];
  else if (KEYS.has(key))
    keepingUserAgent(() => library.definitions.definitions[key]?.flatten?.(key, data, flat));
}

/** The definition of `user-agent` sets an environment variable for npm's child processes. */
function keepingUserAgent(step: () => void): void {
  const before = process.env['npm_config_user_agent'];
  step();
  if (before === undefined) delete process.env['npm_config_user_agent'];
  else process.env['npm_config_user_agent'] = before;
}

function publicRegistryOf(library: Library): string {
  const url = parseRegistryUrl(String(library.definitions.definitions['registry']?.default));
  if (url === null) throw new GuardError('INTERNAL', 'npm has no default registry', 'Please report this.');
  return url.url;
}

function sourceOf(config: LoadedConfig, key: string, { argv, pnpm }: NpmConfigRequest): string {
  const strong = argv[key] === undefined ? pnpm?.strong[key] : undefined;
  if (strong !== undefined) return strong.source;
  return config.data.get(config.find(key) ?? '')?.source ?? 'the npm configuration';
}

function unusable(error: unknown): GuardError {
  const refusesAuth = error instanceof Error && 'code' in error && error.code === 'ERR_INVALID_AUTH';
  return refusesAuth
    ? new GuardError(
        'REGISTRY_CONFIG_INVALID',
        'npm refuses credentials that are not bound to a registry (_auth, _authToken, username, _password)',
        'Write them as //host/path/:_authToken=…; "npm config fix" does that.',
        error,
      )
    : new GuardError(
        'REGISTRY_CONFIG_INVALID',
        'the npm configuration cannot be read',
        'Run "npm config list" to see what npm makes of it.',
        error,
      );
}
