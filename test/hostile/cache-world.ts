import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { main } from '../../src/cli/main.js';
import type { Report } from '../../src/model/report.js';
import { fakeIo } from '../support/fake-io.js';
import { type FakeRegistry, packument, startFakeRegistry } from '../support/fake-registry.js';
import { writeProject } from '../support/projects.js';

export const SQUAT = 'zq-squat-of-yesterday';
export const OWN = 'zq-own-library';
export const DAY_MS = 24 * 60 * 60_000;

/** A secret of somebody else than the user whose cache is attacked. */
export const ATTACKER = 'zq-secret-of-an-attacker-0123456789';

export type CheckSettings = {
  readonly words?: readonly string[];
  readonly secret?: string;
  readonly nowMs?: number;
  readonly cwd?: string;
};

/** A user with a project that asks for a squat and for a good package, a registry, and a cache to attack. */
export type CacheWorld = {
  readonly home: string;
  readonly cwd: string;
  /** The folder of the cache, and the store inside of it. */
  readonly cacheDir: string;
  readonly store: string;
  readonly keyFile: string;
  readonly registry: FakeRegistry;
  /** From now on the registry says that the squat is an old package with a history, as it is not. */
  readonly lie: () => void;
  readonly tellTheTruth: () => void;
  readonly check: (settings?: CheckSettings) => Promise<{ readonly report: Report; readonly said: string }>;
  /** `check`, until facts and verdict are kept. */
  readonly warm: (settings?: CheckSettings) => Promise<void>;
  readonly cache: (action: string) => Promise<string>;
};

const registries: FakeRegistry[] = [];

export async function closeRegistries(): Promise<void> {
  await Promise.all(registries.splice(0).map((one) => one.close()));
}

export async function startRegistry(): Promise<FakeRegistry> {
  const registry = await startFakeRegistry({ allowUnused: true });
  registry.publish(packument({ name: OWN }));
  registries.push(registry);
  return registry;
}

export function publishSquat(registry: FakeRegistry): void {
  const yesterday = new Date(Date.now() - DAY_MS).toISOString();
  const versions = { '1.0.0': yesterday };
  registry.publish(packument({ name: SQUAT, created: yesterday, versions, repository: null }));
}

export function publishLie(registry: FakeRegistry): void {
  registry.publish(packument({ name: SQUAT }));
}

const MANIFEST = { name: 'project', version: '1.0.0', dependencies: { [SQUAT]: '*', [OWN]: '*' } };

export async function openWorld(cacheDir: string | null = null): Promise<CacheWorld> {
  const registry = await startRegistry();
  publishSquat(registry);
  const cwd = writeProject({ 'package.json': MANIFEST });
  const { io: base } = fakeIo({ cwd });
  const dir = cacheDir ?? path.join(base.home, '.cache/phantom-guard');
  const run = async (argv: readonly string[], { secret, nowMs, cwd: at = cwd }: CheckSettings) => {
    const fake = fakeIo({ cwd: at, ...(secret === undefined ? {} : { cacheSecret: secret }) });
    const clock = nowMs === undefined ? {} : { nowMs: () => nowMs };
    await main([...argv, '--cache-dir', dir], { ...fake.io, ...clock, env: base.env, home: base.home });
    return { stdout: fake.stdout(), said: fake.stderr() };
  };
  const check: CacheWorld['check'] = async (settings = {}) => {
    const words = ['check', '--format', 'json', '--downloads-url', 'none', '--registry', registry.url];
    const { stdout, said } = await run([...words, ...(settings.words ?? [])], settings);
    return { report: JSON.parse(stdout) as Report, said };
  };
  return {
    home: base.home,
    cwd,
    cacheDir: dir,
    store: path.join(dir, 'facts-v3'),
    keyFile: path.join(base.home, '.config/phantom-guard/cache.key'),
    registry,
    lie: () => publishLie(registry),
    tellTheTruth: () => publishSquat(registry),
    check,
    warm: async (settings) => {
      for (let run = 0; run < 2; run++) await check(settings);
    },
    cache: async (action) => (await run(['cache', action], {})).stdout,
  };
}

/** What the report says of the packages: all that a cache must not change. */
export function verdictOf({ status, summary, packages, unchecked }: Report) {
  const said = packages.map(({ decidedBy: _, ...rest }) => rest);
  return { status, summary, packages: said, unchecked };
}

/** Every regular file below a folder of the store. */
export function filesBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

export type Line = { key: string; integrity: string; metadata: Record<string, unknown> };

/** Rewrites every entry of the index, as anybody can who knows the format: with right checksums and in the right place. */
export function rewriteIndex(store: string, change: (line: Line) => Line): void {
  for (const file of filesBelow(path.join(store, 'index-v5'))) {
    const last = readFileSync(file, 'utf8').trim().split('\n').at(-1) ?? '';
    const entry = change(JSON.parse(last.slice(last.indexOf('\t'))) as Line);
    writeEntry(store, entry);
  }
}

export function entriesOf(store: string): readonly Line[] {
  return filesBelow(path.join(store, 'index-v5')).map((file) => {
    const last = readFileSync(file, 'utf8').trim().split('\n').at(-1) ?? '';
    return JSON.parse(last.slice(last.indexOf('\t'))) as Line;
  });
}

export function writeEntry(store: string, entry: Line): void {
  const json = JSON.stringify(entry);
  const sum = createHash('sha1').update(json).digest('hex');
  writeFileSync(bucketFile(store, entry.key), `\n${sum}\t${json}`);
}

export function bucketFile(store: string, key: string): string {
  const hash = createHash('sha256').update(key).digest('hex');
  return path.join(store, 'index-v5', hash.slice(0, 2), hash.slice(2, 4), hash.slice(4));
}

export function contentFile(store: string, integrity: string): string {
  const hex = Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex');
  return path.join(store, 'content-v2', 'sha512', hex.slice(0, 2), hex.slice(2, 4), hex.slice(4));
}
