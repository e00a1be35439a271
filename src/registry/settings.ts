import type { RegistryRef } from '../model/facts.js';
import { type PackageName, scopeOf } from '../model/package-name.js';
import { sameRegistry } from './registry-url.js';

/** What npm's configuration holds under one nerf dart (`//host/path/`). Certificates are PEM text, not paths. */
export type StoredCredentials = {
  readonly authToken: string | null;
  /** Base64 of `user:password`. */
  readonly basicAuth: string | null;
  readonly username: string | null;
  /** Base64 of the password, as npm stores it. */
  readonly encodedPassword: string | null;
  readonly clientCertificate: ClientCertificate | null;
};

/** PEM text of a certificate and of its key. */
export type ClientCertificate = { readonly cert: string; readonly key: string };

/** Proxies by the protocol of the target, after npm's precedence of configuration and environment. */
export type ProxySettings = {
  readonly forHttps: string | null;
  readonly forHttp: string | null;
  /** Domain suffixes that are reached directly. */
  readonly noProxy: readonly string[];
};

/**
 * Everything of npm's configuration that decides where a name is looked up and how. Plain data: it can be posted to a
 * worker thread. It holds secrets and is never printed.
 */
export type RegistrySettings = {
  /** The default registry: trailing slash, no credentials. */
  readonly registry: string;
  /** The default of npm's own definition of `registry`. */
  readonly publicRegistry: string;
  /** `@scope` to registry URL. */
  readonly scopeRegistries: Readonly<Record<string, string>>;
  /** Scopes whose registry somebody else than the project has set: the user, the machine or the environment. */
  readonly userScopes: readonly string[];
  /** Nerf dart to credentials. */
  readonly credentials: Readonly<Record<string, StoredCredentials>>;
  /** PEM certificates that replace the default trust store; `null` = the default store. */
  readonly ca: readonly string[] | null;
  /** The deprecated global `cert` and `key`. */
  readonly clientCertificate: ClientCertificate | null;
  readonly strictSsl: boolean;
  readonly proxy: ProxySettings;
  /** `fetch-retries` where somebody has set it. */
  readonly fetchRetries: number | null;
  /** `fetch-timeout` where somebody has set it. */
  readonly fetchTimeoutMs: number | null;
  readonly localAddress: string | null;
  /** `user-agent` where somebody has set it. */
  readonly userAgent: string | null;
};

/** What of them decides which registry is responsible for a name; no secrets. */
export type RegistryPlaces = Pick<
  RegistrySettings,
  'registry' | 'publicRegistry' | 'scopeRegistries' | 'userScopes'
>;

/** The other name of npm's public registry, which yarn writes into its lockfiles: https://github.com/yarnpkg/yarn/issues/5892 */
const PUBLIC_TWINS = ['https://registry.yarnpkg.com/'];

/** Where pnpm looks for `jsr:` packages unless the scope is configured: https://jsr.io/docs/npm-compatibility */
const JSR = { scope: '@jsr', url: 'https://npm.jsr.io/' };

/** The registry that is responsible for `name`: that of its scope, else the default one. */
export function registryFor(settings: RegistryPlaces, name: PackageName): RegistryRef {
  const scope = scopeOf(name);
  const configured =
    scope !== null && Object.hasOwn(settings.scopeRegistries, scope)
      ? settings.scopeRegistries[scope]
      : undefined;
  const scopeRegistry = configured ?? (scope === JSR.scope ? JSR.url : undefined);
  const url = scopeRegistry ?? settings.registry;
  return {
    url,
    isPublic: [settings.publicRegistry, ...PUBLIC_TWINS].some((one) => sameRegistry(url, one)),
    isScopeRegistry: scopeRegistry !== undefined,
    isChosenByUser: scope !== null && settings.userScopes.includes(scope),
    tarballBases:
      scopeRegistry === undefined ? [url, settings.publicRegistry, ...PUBLIC_TWINS] : [scopeRegistry],
    mirrors: [],
  };
}
