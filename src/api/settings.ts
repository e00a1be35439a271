import type { CheckOptions } from '../cli/options.js';
import { parseCommandLine } from '../cli/parse-command-line.js';

/** How a tree or names are judged. Every setting is the option of the command line with the same name; all are optional. */
export type Settings = {
  /** Where relative paths begin, and where specs count as typed. Absolute. Default: the working directory of the process. */
  readonly cwd?: string;
  /** Environment variables: npm's configuration, proxies, cache directory. Default: those of the process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Ends the judging early; what is not answered by then is *unknown*. */
  readonly signal?: AbortSignal;
  /** The least risk that blocks. Default: as configured, else `high-risk`. *not-found* always blocks. */
  readonly failOn?: 'high-risk' | 'suspicious';
  /** A configuration file in the place of the project's own. */
  readonly config?: string;
  /** Ask nobody; judge from bundled names and cache. Default `false`. */
  readonly offline?: boolean;
  /** URL of the default registry. Default: npm's configuration. */
  readonly registry?: string;
  /** URL of the service that counts downloads, before `/point/`; `none` asks nobody. Default: npm's. */
  readonly downloadsUrl?: string;
  /** Ask also about names that the bundled data knows. Default `true`: use the data. */
  readonly useData?: boolean;
  /** Default: `$PHANTOM_GUARD_CACHE_DIR`, else the cache directory of the user. */
  readonly cacheDir?: string;
  /** Neither read nor write the cache where `false`. Default `true`. */
  readonly useCache?: boolean;
  /** Compare every integrity of the lockfile with the registry's. Default `false`: those that are at hand. */
  readonly verifyIntegrity?: boolean;
  /** Requests at a time. Default 64. */
  readonly concurrency?: number;
  /** Threads that ask registries; 0 = none. Default: one for each core, where that pays. */
  readonly workers?: number;
  /** For all requests together, milliseconds. Default 300,000. What is not answered by then is *unknown*. */
  readonly timeoutMs?: number;
  /** List safe packages too. Default `false`. */
  readonly all?: boolean;
};

/** What only whole trees have. */
export type CheckSettings = Settings & {
  /** Judge only what differs from the lockfile at this branch, tag or commit. */
  readonly since?: string;
};

/** Settings as the command line has them, checked as it checks them. @throws GuardError `USAGE` */
export function optionsFrom(settings: CheckSettings): CheckOptions {
  const { failOn, config, registry, downloadsUrl, cacheDir, concurrency, workers, timeoutMs, since } =
    settings;
  const values = {
    'fail-on': failOn,
    config,
    registry,
    'downloads-url': downloadsUrl,
    'cache-dir': cacheDir,
    concurrency,
    workers,
    'timeout-ms': timeoutMs,
    since,
  };
  const flags = {
    offline: settings.offline === true,
    'no-data': settings.useData === false,
    'no-cache': settings.useCache === false,
    'verify-integrity': settings.verifyIntegrity === true,
    all: settings.all === true,
    quiet: true,
  };
  const words = [
    ...Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}=${value}`])),
    ...Object.entries(flags).flatMap(([name, isSet]) => (isSet ? [`--${name}`] : [])),
  ];
  return parseCommandLine(['check', ...words]).options;
}
