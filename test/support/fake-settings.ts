import type { FactQuery, LookupContext, RegistryRef } from '../../src/model/facts.js';
import { type PackageName, parsePackageName } from '../../src/model/package-name.js';
import type { RegistrySettings } from '../../src/registry/settings.js';

/** Settings as npm's defaults would be, with a default registry and whatever else a test needs. */
export function settingsFor(registry: string, changes: Partial<RegistrySettings> = {}): RegistrySettings {
  return {
    registry,
    publicRegistry: 'https://public.registry.test/',
    scopeRegistries: {},
    userScopes: [],
    credentials: {},
    ca: null,
    clientCertificate: null,
    strictSsl: true,
    proxy: { forHttps: null, forHttp: null, noProxy: [] },
    fetchRetries: null,
    fetchTimeoutMs: null,
    localAddress: null,
    userAgent: null,
    ...changes,
  };
}

/** The credentials of one nerf dart: a bearer token. */
export function tokenFor(nerfDart: string, authToken: string): Pick<RegistrySettings, 'credentials'> {
  const nothing = { basicAuth: null, username: null, encodedPassword: null, clientCertificate: null };
  return { credentials: { [nerfDart]: { authToken, ...nothing } } };
}

/** A parsed package name; throws for what is none. */
export function named(raw: string): PackageName {
  const name = parsePackageName(raw);
  if (name === null) throw new Error(`not a package name: ${raw}`);
  return name;
}

/** A question about a name to the default registry at `url`. */
export function queryFor<F>(raw: string, url: string, registry: Partial<RegistryRef> = {}): FactQuery<F> {
  return {
    name: named(raw),
    registry: {
      url,
      isPublic: false,
      isScopeRegistry: false,
      tarballBases: [url],
      mirrors: [],
      isChosenByUser: false,
      ...registry,
    },
    versions: [],
    needsVersions: false,
    previous: null,
  };
}

/** A lookup at a fixed time that nobody ends, and the names that were answered. */
export function lookupContext(
  changes: Partial<LookupContext> = {},
): LookupContext & { readonly answered: PackageName[] } {
  const answered: PackageName[] = [];
  return {
    nowMs: Date.UTC(2026, 0, 15),
    signal: new AbortController().signal,
    onAnswer: (name) => answered.push(name),
    answered,
    ...changes,
  };
}
