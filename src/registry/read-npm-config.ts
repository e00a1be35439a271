import { GuardError } from '../errors.js';
import { loadNpmConfig, type NpmCommandLine, type NpmConfigValues } from './load-npm-config.js';
import { findNpmPath } from './npm-path.js';
import { overlayOf, type PnpmConfig } from './pnpm-config.js';
import { type ParsedRegistryUrl, parseRegistryUrl } from './registry-url.js';
import type { ClientCertificate, ProxySettings, RegistrySettings } from './settings.js';
import { addUrlCredentials, readStoredCredentials } from './stored-credentials.js';

export type RegistrySettingsOptions = {
  /** Where the project layer is looked for, as npm does it: upwards to the project or workspace root. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** npm's command line layer by option name: `{ registry, userconfig, globalconfig, prefix, '@scope:registry', … }`. */
  readonly argv?: NpmCommandLine;
  /** The folder of npm itself; found from the running Node and the PATH when left out. */
  readonly npmPath?: string;
  /** What pnpm reads besides, where it is the manager in use. */
  readonly pnpm?: PnpmConfig | null;
};

const SCOPE_REGISTRY = /^(@[^/:]+):registry$/i;

/**
 * Reads all layers of npm's configuration (cli, environment, project, user, global, builtin) with npm's own library.
 * Prints nothing and changes no environment.
 *
 * @throws GuardError REGISTRY_CONFIG_INVALID for a registry or proxy that is no URL, credentials that npm refuses, and
 * files that exist and cannot be read. The message names file and key and holds no value.
 */
export async function readRegistrySettings(options: RegistrySettingsOptions): Promise<RegistrySettings> {
  const npmPath = options.npmPath ?? (await findNpmPath(options.env, process.execPath));
  const config = await loadNpmConfig({
    cwd: options.cwd,
    env: options.env,
    argv: options.argv ?? {},
    npmPath,
    pnpm: options.pnpm == null ? null : overlayOf(options.pnpm, options.env),
  });
  const registry = requireRegistry(config, 'registry');
  const scopes = readScopeRegistries(config);
  const stored = await readStoredCredentials(config);
  return {
    registry: registry.url,
    publicRegistry: config.publicRegistry,
    scopeRegistries: Object.fromEntries([...scopes].map(([scope, parsed]) => [scope, parsed.url])),
    userScopes: [...scopes.keys()].filter((scope) => !config.isFromProject(`${scope}:registry`)),
    credentials: addUrlCredentials(stored, [registry, ...scopes.values()]),
    ca: readCa(config.flat['ca']),
    clientCertificate: readGlobalCertificate(config),
    strictSsl: config.flat['strictSSL'] !== false,
    proxy: readProxies(config, options.env),
    fetchRetries: readCount(config, 'fetch-retries', config.flat['retry']),
    fetchTimeoutMs: readCount(config, 'fetch-timeout', config.flat['timeout']),
    localAddress: textOrNull(config.flat['localAddress']),
    userAgent: config.isSet('user-agent') ? textOrNull(config.flat['userAgent']) : null,
  };
}

function readScopeRegistries(config: NpmConfigValues): Map<string, ParsedRegistryUrl> {
  const found = new Map<string, ParsedRegistryUrl>();
  for (const key of Object.keys(config.flat)) {
    const scope = SCOPE_REGISTRY.exec(key)?.[1];
    if (scope !== undefined && config.flat[key]) found.set(scope, requireRegistry(config, key));
  }
  return found;
}

function requireRegistry(config: NpmConfigValues, key: string): ParsedRegistryUrl {
  const parsed = parseRegistryUrl(String(config.flat[key]));
  if (parsed !== null) return parsed;
  throw new GuardError(
    'REGISTRY_CONFIG_INVALID',
    `"${key}" in ${config.sourceOf(key)} is not an http(s) URL`,
    `Correct the value of "${key}", or remove it to use the default.`,
  );
}

/** An array as it is; a single value as an array of one. npm knows `null` as "no own authorities". */
function readCa(value: unknown): readonly string[] | null {
  const list = (Array.isArray(value) ? value : [value]).filter(
    (item) => typeof item === 'string' && item !== '',
  );
  return list.length === 0 || list[0] === 'null' ? null : list;
}

function readGlobalCertificate(config: NpmConfigValues): ClientCertificate | null {
  const cert = textOrNull(config.flat['cert']);
  const key = textOrNull(config.flat['key']);
  return cert !== null && key !== null ? { cert, key } : null;
}

/**
 * npm-registry-fetch takes `https-proxy`, then `proxy`, for both protocols; without either, @npmcli/agent looks at the
 * environment. Its agent asks twice, so that NO_PROXY counts beside a configured `noproxy`.
 */
function readProxies(config: NpmConfigValues, env: RegistrySettingsOptions['env']): ProxySettings {
  const variables = lowerCased(env);
  const configured = textOrNull(config.flat['httpsProxy']) ?? textOrNull(config.flat['proxy']);
  const forHttps = configured ?? textOrNull(variables.get('https_proxy'));
  return {
    forHttps,
    forHttp: forHttps ?? textOrNull(variables.get('http_proxy')) ?? textOrNull(variables.get('proxy')),
    noProxy: [...listOf(config.flat['noProxy']), ...listOf(variables.get('no_proxy'))],
  };
}

function lowerCased(env: RegistrySettingsOptions['env']): ReadonlyMap<string, string | undefined> {
  return new Map(Object.entries(env).map(([key, value]) => [key.toLowerCase(), value]));
}

function listOf(value: unknown): readonly string[] {
  return typeof value === 'string'
    ? value
        .split(',')
        .map((entry) => entry.trim())
        .filter(Boolean)
    : [];
}

function readCount(config: NpmConfigValues, key: string, value: unknown): number | null {
  const count = typeof value === 'object' && value !== null && 'retries' in value ? value.retries : value;
  return config.isSet(key) && typeof count === 'number' && Number.isFinite(count) && count >= 0
    ? count
    : null;
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
