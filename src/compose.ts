import { fileURLToPath } from 'node:url';
import { resolveCacheDir } from './cache/cache-dir.js';
import { createCachedSource } from './cache/cached-source.js';
import { createDiskStore } from './cache/disk-store.js';
import { downloadFactsCodec, packageFactsCodec } from './cache/fact-codecs.js';
import type { CacheProblem } from './cache/fact-store.js';
import { DEFAULT_TTL } from './cache/freshness.js';
import { createMemoryStore } from './cache/memory-store.js';
import { storeDirOf } from './cache/store-directory.js';
import { cacheKeyOf, storeKeyOf } from './cli/cache-key.js';
import type { Io } from './cli/io.js';
import { type CheckOptions, npmCommandLine } from './cli/options.js';
import { registryPlaces } from './cli/registry-places.js';
import { matchesIn, noMatches, readFeeds } from './compose-feeds.js';
import type { EpochMs, FactQuery, FactSource, PackageFacts, RegistryRef } from './model/facts.js';
import type { FeedSetting, LoadedFeeds } from './model/feed.js';
import { scopeOf } from './model/package-name.js';
import { createNameJudge } from './names/judge-name.js';
import { loadNameData } from './names/load-name-data.js';
import { NO_NAME_DATA } from './names/no-name-data.js';
import type { Ports } from './pipeline.js';
import type { Policy } from './policy/policy.js';
import { downloadsServiceUrl, settleUncounted } from './registry/downloads-service.js';
import { type ConnectedSource, createLateSource } from './registry/late-source.js';
import type { PnpmConfig } from './registry/pnpm-config.js';
import { type RegistrySettings, registryFor } from './registry/settings.js';
import { createSettledSource } from './registry/settled-source.js';
import type { SourceOptions } from './store/sharing.js';

/** The real adapters behind the ports of one run. */
export type World = {
  readonly ports: Ports;
  /** What came of the user's feeds. */
  readonly feeds: LoadedFeeds;
  /** HTTP requests to package registries so far. */
  readonly registryRequests: () => number;
  /** What the user should hear about the cache, one sentence each; complete after `close`. */
  readonly problems: () => readonly string[];
  /** Those of them that are not over. */
  readonly openProblems: () => readonly string[];
  /** Finishes writing the cache. */
  readonly flush: () => Promise<void>;
  /** Finishes writing the cache and drops every connection. */
  readonly close: () => Promise<void>;
};

/** No single name may take longer than this where `fetch-timeout` sets nothing; npm's own default is 5 minutes. */
const REQUEST_DEADLINE_MS = 30_000;

/** Where the build puts the worker, beside the bundle. */
const POOL_ENTRY = fileURLToPath(new URL('../workers/look-up-facts.js', import.meta.url));

export type WorldOptions = {
  /** The folder whose .npmrc counts. */
  readonly projectDir: string;
  /** What pnpm reads of registries there; `null` where another manager is in use. */
  readonly pnpm?: PnpmConfig | null;
  readonly policy: Policy;
  readonly feeds: readonly FeedSetting[];
  /** URL of a shared store of facts. */
  readonly sharedStore?: string | null;
  /** Ask the registry also about names that are known offline. */
  readonly askAlways: boolean;
  /** Which integrities to ask the registry for, where the options don't say all. */
  readonly compareIntegrity?: 'missing' | 'at-hand';
  readonly nowMs: EpochMs;
  readonly signal: AbortSignal;
};

/** Builds the adapters: npm's configuration as seen from the project, its registries, and the cache around them. */
export async function composeWorld(
  options: CheckOptions,
  io: Io,
  {
    projectDir,
    pnpm = null,
    policy,
    feeds,
    sharedStore = null,
    askAlways,
    compareIntegrity = 'at-hand',
    nowMs,
    signal,
  }: WorldOptions,
): Promise<World> {
  const request = { cwd: projectDir, env: io.env, argv: npmCommandLine(options), pnpm };
  let reading: Promise<RegistrySettings> | null = null;
  const settings = async (): Promise<RegistrySettings> => {
    reading ??= import('./registry/read-npm-config.js').then((npm) => npm.readRegistrySettings(request));
    return await reading;
  };
  const cacheDir = options.useCache ? cacheDirOf(options, io) : null;
  const cacheKey = cacheKeyOf(io);
  const keptPlaces = cacheDir === null ? null : { storeDir: storeDirOf(cacheDir), cacheKey };
  const places = await registryPlaces(keptPlaces, io, request, settings);
  const registry = createLateSource(async () => await openRegistry(options, await settings()));
  const urlPrefix = options.downloadsUrl;
  const downloads = createLateSource(async () => {
    const { createDownloadsSource } = await import('./registry/downloads-source.js');
    return createDownloadsSource({ settings: await settings(), urlPrefix });
  });
  const known = await readFeeds(feeds, settings, {
    cacheDir,
    cacheKey,
    offline: options.offline,
    nowMs,
    signal,
  });
  const names = options.useData ? loadNameData() : NO_NAME_DATA;
  const store = cacheDir === null ? createMemoryStore() : createDiskStore(cacheDir, cacheKey);
  const isShared = sharedStore !== null && !options.offline;
  const sharing = isShared
    ? (await import('./store/sharing.js')).openSharing(sharedStore, storeKeyOf(io))
    : null;
  const kept = <F>(source: SourceOptions<F>): FactSource<F> => {
    const inner = sharing === null ? source.inner : sharing.share(source);
    return createCachedSource({ ...source, inner, store, offline: options.offline });
  };
  const problems = (): readonly CacheProblem[] => [...store.problems(), ...(sharing?.problems() ?? [])];
  return {
    ports: {
      packages: kept({
        inner: registry,
        ttl: DEFAULT_TTL,
        kind: 'packages',
        codec: packageFactsCodec,
        serviceUrl: null,
        serves: hasVersions,
      }),
      downloads: createSettledSource(
        kept({
          inner: downloads,
          ttl: DEFAULT_TTL,
          kind: 'downloads',
          codec: downloadFactsCodec,
          serviceUrl: downloadsServiceUrl(urlPrefix),
          serves: () => true,
        }),
        settleUncounted(urlPrefix),
      ),
      registryFor: registryByScope((name) => withMirrors(registryFor(places, name), policy)),
      judgeName: createNameJudge(names),
      popularityOf: (name) => names.popularityOf(name),
      feedsFor:
        feeds.length === 0 ? noMatches : (entry, knowledge) => matchesIn(known, entry, knowledge, names),
      askAlways,
      verifyIntegrity: options.verifyIntegrity ? 'all' : compareIntegrity,
    },
    feeds: known,
    registryRequests: () => registry.requests(),
    problems: () => problems().map(sentence),
    openProblems: () =>
      problems()
        .filter(({ isOver }) => isOver !== true)
        .map(sentence),
    flush: async () => {
      await Promise.all([store.flush(), sharing?.flush()]);
    },
    close: async () => {
      await Promise.all([store.flush(), sharing?.close()]);
      await Promise.all([registry.close(), downloads.close()]);
    },
  };
}

/** Asks in this thread, or in several where the names are many. */
async function openRegistry(
  { concurrency, workers, timeoutMs }: CheckOptions,
  settings: RegistrySettings,
): Promise<ConnectedSource<PackageFacts>> {
  const [{ createRegistrySource }, { createPooledSource }] = await Promise.all([
    import('./registry/registry-source.js'),
    import('./pool/pooled-source.js'),
  ]);
  const deadlineMs = Math.min(timeoutMs, settings.fetchTimeoutMs || REQUEST_DEADLINE_MS);
  const inLine = createRegistrySource({ settings, concurrency, deadlineMs });
  const { lookup, threads } = createPooledSource({
    inLine,
    workers,
    concurrency,
    open: async (plan) => {
      const { openThreads } = await import('./pool/threads.js');
      return openThreads({ entry: POOL_ENTRY, plan, settings, deadlineMs });
    },
  });
  return {
    lookup,
    requests: () => inLine.requests() + (threads()?.requests() ?? 0),
    close: async () => {
      await Promise.all([threads()?.close(), inLine.close()]);
    },
  };
}

/** A tree has thousands of names in a few scopes, and names of one scope have one registry. */
function registryByScope(registryOf: Ports['registryFor']): Ports['registryFor'] {
  const known = new Map<string | null, RegistryRef>();
  return (name) => {
    const scope = scopeOf(name);
    const registry = known.get(scope) ?? registryOf(name);
    known.set(scope, registry);
    return registry;
  };
}

/** The facts tell about every version that the query needs. */
function hasVersions({ versions }: PackageFacts, query: FactQuery<PackageFacts>): boolean {
  return !query.needsVersions || query.versions.every((version) => Object.hasOwn(versions, version));
}

function withMirrors(registry: RegistryRef, { mirrors }: Policy): RegistryRef {
  return mirrors.length === 0 ? registry : { ...registry, mirrors };
}

function sentence({ message, hint }: CacheProblem): string {
  return `${message} ${hint}`;
}

/** Where this run keeps facts. */
export function cacheDirOf({ cacheDir }: CheckOptions, { env, home, platform, cwd }: Io): string {
  return resolveCacheDir({ option: cacheDir, env, platform, home, cwd });
}
