// npm run bench:fleet [-- --installs N] [--rounds N] [--record]: two real Verdaccios with the guard and one without, on one Redis and one loopback
// registry. With --record it writes the table of docs/fleet.md.
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { hasRedis, startRedis } from '../test/support/redis-server.js';
import type { PackageDefinition } from '../test/support/tarball-packages.js';
import { startTarballRegistry } from '../test/support/tarball-registry.js';
import { buildPlugin, startVerdaccio, verdaccios } from '../test/support/verdaccio.js';
import { type Client, clientsHere } from './fleet/clients.js';
import { measureLoad, quantile, type Target } from './fleet/load.js';
import { mediumFile, readMedium } from './fleet/medium.js';
import { findLockfiles, NO_LOCKFILES } from './perf/lockfiles.js';
import { changeBlock } from './recorded-block.mjs';

const SQUAT: PackageDefinition = {
  name: 'zq-fresh-squat-kit',
  ageDays: 3,
  repository: null,
  description: null,
  versions: { '1.0.0': { manifest: { scripts: { postinstall: 'node -e 0' } } } },
};
/** Versions of a document that is asked for under load: a package of some years has as many. */
const VERSIONS = 60;

const { values } = parseArgs({
  options: {
    installs: { type: 'string', default: '50' },
    rounds: { type: 'string', default: '20' },
    record: { type: 'boolean', default: false },
  },
});
const lockfiles = findLockfiles();
const program = verdaccios().programs.at(-1);
const clients = clientsHere();
const missing = [
  ...(lockfiles === null ? [NO_LOCKFILES] : []),
  ...(program === undefined || clients.length < 2 ? ['run "npm run toolchain" first'] : []),
  ...(hasRedis ? [] : ['/usr/bin/redis-server is not here']),
];
if (lockfiles === null || program === undefined || missing.length > 0) {
  console.log(`skipped: ${missing.join('; ')}`);
  process.exit();
}

const medium = await readMedium(mediumFile(path.dirname(lockfiles)));
const known = medium.packages.slice(0, 100).map(({ name }) => name.replace('/', '%2f'));
const upstream = await startTarballRegistry([SQUAT, ...medium.packages.map(withManyVersions)]);
const redis = await startRedis();
const plugins = buildPlugin();
const home = { 'guard.json': JSON.stringify({ store: `redis://127.0.0.1:${redis.port}` }) };
const plugin = { config: 'guard.json', decisionLog: 'decisions.ndjson', downloads: upstream.downloadsUrl };
const start = async (isGuarded: boolean) =>
  await startVerdaccio(program, plugins, {
    uplink: upstream.url,
    files: home,
    plugin: isGuarded ? plugin : null,
    env: { PHANTOM_GUARD_CACHE_KEY: 'a key of thirty-two characters!!' },
  });
const [alone, one, other] = [await start(false), await start(true), await start(true)];
const lines: string[] = [];
const say = (line: string): void => {
  lines.push(line);
  console.log(line);
};
let failures = 0;
const hold = (holds: boolean): string => {
  if (!holds) failures += 1;
  return holds ? 'yes' : '**no**';
};

try {
  say('| what | count | as it must be |');
  say('|---|--:|---|');
  await installFromBoth();
  await loadMetadata();
  await installAtOnce(Number(values.installs));
} finally {
  for (const verdaccio of [alone, one, other]) await verdaccio.stop();
  await redis.kill();
  await upstream.close();
}
if (values.record) changeBlock('docs/fleet.md', 'bench:fleet', () => lines.join('\n'));
if (failures > 0) process.exitCode = 1;

async function installFromBoth(): Promise<void> {
  let refused = 0;
  let late = 0;
  let alike = 0;
  for (const client of clients) {
    const direct = await client.install(medium.dependencies, upstream.url);
    for (const { url } of [one, other]) {
      upstream.reset();
      const squat = await client.install({ [SQUAT.name]: '1.0.0' }, url);
      if (squat.status !== 0 && upstream.requestedTarballs().length === 0) refused += 1;
      if (squat.said.includes('503')) late += 1;
      const healthy = await client.install(medium.dependencies, url);
      if (direct.status === 0 && healthy.status === 0 && healthy.digest === direct.digest) alike += 1;
    }
  }
  const all = clients.length * 2;
  say(
    `| a fresh squat through two gateways with ${clients.map(({ title }) => title).join(' and ')}: refused, no tarball asked for (${late} at the deadline, with 503 and "try again") | ${refused} of ${all} | ${hold(refused === all)} |`,
  );
  say(
    `| medium (${medium.packages.length} packages) through both: byte for byte as from the registry itself | ${alike} of ${all} | ${hold(alike === all)} |`,
  );
}

async function loadMetadata(): Promise<void> {
  const targets: readonly Target[] = [
    { title: 'Verdaccio alone', url: alone.url, latencies: [] },
    { title: 'with the guard', url: one.url, latencies: [] },
  ];
  await measureLoad(targets, known, 2);
  for (const { latencies } of targets) latencies.length = 0;
  await measureLoad(targets, known, Number(values.rounds));
  const [plain, guarded] = targets.map(({ latencies }) => latencies);
  for (const [share, limit] of [
    [0.5, 1.15],
    [0.99, 1.3],
  ] as const) {
    const [before, after] = [quantile(plain ?? [], share), quantile(guarded ?? [], share)];
    const ratio = after / before;
    say(
      `| metadata of known names, P${share * 100}: ${before.toFixed(1)} ms alone, ${after.toFixed(1)} ms with the guard (${plain?.length} requests each, 4 at once) | ${ratio.toFixed(2)} × (limit ${limit}) | ${hold(ratio <= limit)} |`,
    );
  }
}

async function installAtOnce(count: number): Promise<void> {
  const [npm] = clients;
  if (npm === undefined) return;
  const { digest } = await npm.install(medium.dependencies, upstream.url);
  const before = await atOnce(npm, count, [alone.url], digest);
  say(
    `| installs of medium at once by Verdaccio alone, to compare: right to the byte | ${before.right} of ${count} in ${before.seconds} s | |`,
  );
  const guarded = atOnce(npm, count, [one.url, other.url], digest);
  await sleep(3_000);
  await redis.kill();
  const { right, seconds } = await guarded;
  say(
    `| installs of medium at once through both, the Redis killed after 3 s: right to the byte | ${right} of ${count} in ${seconds} s | ${hold(right === count)} |`,
  );
  const squat = await npm.install({ [SQUAT.name]: '1.0.0' }, other.url);
  say(`| the squat after that: refused | ${squat.status === 0 ? 0 : 1} of 1 | ${hold(squat.status !== 0)} |`);
}

/** Each with an empty cache, by one of the registries in turn. */
async function atOnce(npm: Client, count: number, registries: readonly string[], digest: string) {
  const startMs = performance.now();
  const done = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      npm.install(medium.dependencies, registries[index % registries.length] as string),
    ),
  );
  const wrong = done.filter((install) => install.status !== 0 || install.digest !== digest);
  if (wrong[0] !== undefined) console.error(wrong[0].said.slice(-1_000));
  const seconds = ((performance.now() - startMs) / 1000).toFixed(0);
  return { right: count - wrong.length, seconds };
}

function withManyVersions(definition: PackageDefinition): PackageDefinition {
  const more = Object.fromEntries(Array.from({ length: VERSIONS }, (_, index) => [`0.0.${index}`, {}]));
  return { ...definition, versions: { ...more, ...definition.versions } };
}
