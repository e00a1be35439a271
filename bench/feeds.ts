// Times of loading feeds, each in processes of its own; prints a line for each.
import { execFileSync } from 'node:child_process';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createGivenKey } from '../src/cache/cache-key.js';
import { createFeedClient } from '../src/feeds/feed-client.js';
import { loadFeeds } from '../src/feeds/load-feeds.js';
import type { FeedSetting } from '../src/model/feed.js';
import { type PackageName, parsePackageName } from '../src/model/package-name.js';
import type { RegistrySettings } from '../src/registry/settings.js';

const EVAL = path.resolve('../shared/eval');
const RECORDS = 200_000;
const RUNS = 5;
const NOW_MS = Date.UTC(2026, 10, 23);
const HOUR_MS = 3_600_000;

/** A record as ossf/malicious-packages has them: two in three list the whole package. */
function record(i: number): string {
  return JSON.stringify({
    schema_version: '1.7.4',
    id: `MAL-2025-${i}`,
    modified: '2025-11-13T04:22:01Z',
    published: '2025-11-13T04:22:01Z',
    summary: `Malicious code in zq-invented-${i} (npm)`,
    details:
      '_-= Per source details. Do not edit below this line.=-_ The package communicates with a domain.',
    affected: [
      {
        package: { ecosystem: 'npm', name: `zq-invented-${i}` },
        ...(i % 3 === 0
          ? { versions: ['1.0.0', '1.0.1', `1.${i % 90}.2`] }
          : { ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }] }),
        database_specific: { cwes: [{ cweId: 'CWE-506', name: 'Embedded Malicious Code' }] },
      },
    ],
  });
}

async function writeRecords(file: string): Promise<void> {
  const stream = createWriteStream(file);
  for (let i = 0; i < RECORDS; i++) {
    if (!stream.write(`${record(i)}\n`)) await new Promise((done) => stream.once('drain', () => done(null)));
  }
  await new Promise((done) => stream.end(() => done(null)));
}

function writeTree(folder: string, count: number): void {
  for (let i = 0; i < count; i++) {
    const below = path.join(folder, `zq-invented-${i}`);
    mkdirSync(below, { recursive: true });
    writeFileSync(path.join(below, `MAL-2025-${i}.json`), record(i));
  }
}

async function load(source: string, cacheDir: string | null, nowMs: number): Promise<void> {
  const settings: RegistrySettings = {
    registry: 'http://127.0.0.1:1/',
    publicRegistry: 'http://127.0.0.1:1/',
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
  };
  const feeds: FeedSetting[] = [{ source, kind: null }];
  const start = performance.now();
  const client = createFeedClient({ settings, feeds });
  const signal = new AbortController().signal;
  const cacheKey = createGivenKey('no secret: the cache of one measurement', 'bench/feeds.ts');
  const ports = { fetchText: client.get, cacheDir, cacheKey, offline: false, nowMs, signal };
  const loaded = await loadFeeds(feeds, ports);
  const loadMs = performance.now() - start;
  await client.close();
  const asked = parsePackageName('zq-invented-199999') as PackageName;
  const context = { spec: null, latestVersion: null, established: false };
  const lookupStart = performance.now();
  for (let i = 0; i < 1000; i++) loaded.index.matchesOf(asked, '1.0.0', context);
  const lookupUs = performance.now() - lookupStart;
  const rssMb = Math.round(process.memoryUsage().rss / 1e6);
  const [found] = loaded.sources;
  if (found === undefined) throw new Error(JSON.stringify(loaded.failures));
  console.log(JSON.stringify({ loadMs, lookupUs, rssMb, entries: found.entries, from: found.from }));
}

type Sample = { loadMs: number; lookupUs: number; rssMb: number; entries: number; from: string };

function measure(title: string, source: string, cacheDir: string | null, nowMs = NOW_MS): void {
  const samples = Array.from({ length: RUNS }, () => {
    const argv = [
      path.resolve('scripts/run-ts.mjs'),
      'bench/feeds.ts',
      'load',
      source,
      cacheDir ?? '',
      `${nowMs}`,
    ];
    return JSON.parse(execFileSync(process.execPath, argv, { encoding: 'utf8' })) as Sample;
  });
  const sorted = samples.toSorted((a, b) => a.loadMs - b.loadMs);
  const middle = sorted[Math.floor(RUNS / 2)] as Sample;
  const [fastest, slowest] = [sorted[0] as Sample, sorted[RUNS - 1] as Sample];
  console.log(
    `${title}: ${middle.loadMs.toFixed(0)} ms (${fastest.loadMs.toFixed(0)}–${slowest.loadMs.toFixed(0)}), ` +
      `${middle.entries} entries from ${middle.from}, ${middle.rssMb} MB resident, lookup ${middle.lookupUs.toFixed(1)} µs`,
  );
}

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'phantom-feeds-'));
  const file = path.join(folder, 'osv.ndjson');
  const csv = path.join(folder, 'list.csv');
  const server = createServer((_, response) => createReadStream(file).pipe(response));
  try {
    await writeRecords(file);
    writeFileSync(
      csv,
      `name,version\n${Array.from({ length: 1_000_000 }, (_, i) => `zq-${i},1.0.${i % 9}`).join('\n')}\n`,
    );
    writeTree(path.join(folder, 'tree'), 20_000);
    await new Promise((done) => server.listen(0, '127.0.0.1', () => done(null)));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/osv.ndjson`;
    const cacheDir = path.join(folder, 'cache');
    if (existsSync(EVAL)) {
      measure('malicious-manifest.json', path.join(EVAL, 'malicious-manifest.json'), null);
      measure('hallucinated.tsv', path.join(EVAL, 'hallucinated.tsv'), null);
    }
    measure('200,000 OSV records, NDJSON file', file, null);
    await load(url, cacheDir, NOW_MS - HOUR_MS / 2);
    measure('the same from the cache', url, cacheDir);
    measure('CSV file with a million rows', csv, null);
    measure('folder of 20,000 OSV files', path.join(folder, 'tree'), null);
  } finally {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const [, , mode, source, cacheDir, nowMs] = process.argv;
if (mode === 'load') await load(source ?? '', cacheDir === '' ? null : (cacheDir ?? null), Number(nowMs));
else await main();
