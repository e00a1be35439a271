import path from 'node:path';
import { optionsFrom } from '../api/settings.js';
import type { Io } from '../cli/io.js';
import type { CheckOptions } from '../cli/options.js';
import { composeWorld, type World } from '../compose.js';
import { resolvePolicy } from '../config/resolve-policy.js';
import { GuardError } from '../errors.js';
import type { PackageName } from '../model/package-name.js';
import type { Policy } from '../policy/policy.js';
import { loadSettings } from './load-settings.js';
import type { GatewayOptions } from './options.js';
import { stampsOf } from './stamp-files.js';
import { withStorePassword } from './store-password.js';

/** By what packages are judged, until the configuration or a feed changes. */
export type Rules = {
  readonly policy: Policy;
  readonly world: World;
  /** Names with an exception: their versions are judged one by one. */
  readonly excepted: ReadonlySet<string>;
  readonly hasFeeds: boolean;
  /** Files whose change makes other rules. */
  readonly files: readonly string[];
  /** Their state before they were read. */
  readonly stamps: readonly string[];
  /** Feeds that are read from the network. */
  readonly remoteFeeds: number;
};

/**
 * Reads the configuration and its feeds. Where a feed can't be used there are no rules: it may list anything.
 *
 * @throws GuardError CONFIG_UNREADABLE, CONFIG_INVALID, FEED_UNREADABLE, DATA_UNREADABLE
 */
export async function openRules(gateway: GatewayOptions, io: Io): Promise<Rules> {
  const configs = gateway.config === null ? [] : [gateway.config];
  const configStamps = await stampsOf(configs);
  const settings = await loadSettings(gateway.config);
  const policy = resolvePolicy(settings, { failOn: null, context: 'ci' });
  const feeds = settings.feeds.map(({ location, kind }) => ({ source: location, kind }));
  const local = feeds.map(({ source }) => source).filter((source) => path.isAbsolute(source));
  const feedStamps = await stampsOf(local);
  const nowMs = io.nowMs();
  const world = await composeWorld(checkOptions(gateway), io, {
    projectDir: gateway.config === null ? io.cwd : path.dirname(gateway.config),
    policy,
    feeds,
    sharedStore: withStorePassword(settings.store, io.env),
    askAlways: false,
    nowMs,
    signal: io.signal,
  });
  const [failure] = world.feeds.failures;
  if (failure !== undefined) {
    await world.close();
    const message = `the feed ${failure.feed} could not be used: ${failure.reason}`;
    throw new GuardError('FEED_UNREADABLE', message, 'correct "feeds" in the configuration');
  }
  // Reads the data of names, and makes the first request after a start no slower than the next.
  world.ports.judgeName('phantom-guard-warm-up' as PackageName, true);
  return {
    policy,
    world,
    excepted: new Set(policy.exceptions.map(({ name }) => name)),
    hasFeeds: feeds.length > 0,
    files: [...configs, ...local],
    stamps: [...configStamps, ...feedStamps],
    remoteFeeds: feeds.length - local.length,
  };
}

/** Facts about packages are in the documents that are judged; kept are download counts alone, in memory. */
function checkOptions({ downloads }: GatewayOptions): CheckOptions {
  return optionsFrom({ useCache: false, ...(downloads === 'npm' ? {} : { downloadsUrl: downloads }) });
}
