import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { main } from '../../src/cli/main.js';
import type { Report } from '../../src/model/report.js';
import { findNpmPath } from '../../src/registry/npm-path.js';
import { fakeIo } from '../support/fake-io.js';
import { type FakeProxy, type FakeProxyOptions, startFakeProxy } from '../support/fake-proxy.js';
import {
  type FakeRegistry,
  type FakeRegistryOptions,
  packument,
  startFakeRegistry,
} from '../support/fake-registry.js';
import { type FakeSocks, type FakeSocksOptions, startFakeSocks } from '../support/fake-socks.js';
import { managers } from '../support/managers.js';
import { packageLock, writeFiles, writeProject } from '../support/projects.js';
import { CLI } from '../support/run-cli.js';
import { runProcess } from '../support/run-process.js';

/** Who sets something: a file of the project, of the user or of the machine, or variables of the environment. */
export const LAYERS = ['project .npmrc', 'user .npmrc', 'global .npmrc', 'environment'] as const;
export type Layer = (typeof LAYERS)[number];

/** npm's keys; a list is `key[]`. */
export type Settings = Readonly<Record<string, string | readonly string[]>>;

export const NAME = 'zq-harbour-kelp';
export const SCOPED = '@zq-corp/harbour-kelp';
/** Made up: only the proxies know it, and the certificates cover it. */
export const HOST = 'npm.registry.test';

/** Loaded into everything that is started: whatever goes wrong, nobody but loopback is asked about anything. */
const GUARD = path.resolve(import.meta.dirname, '../support/only-loopback.mjs');

export type Npm = { readonly label: string; readonly node: string; readonly cli: string };

/** The npm beside the running Node first, then those of the toolchain. */
export async function npmsHere(): Promise<readonly Npm[]> {
  const folder = await findNpmPath(process.env, process.execPath);
  const cli = path.join(folder, 'bin/npm-cli.js');
  const own = existsSync(cli) ? [{ label: `npm ${versionOf(folder)}`, node: process.execPath, cli }] : [];
  const others = managers().managers.map((one) => ({
    label: `npm ${one.version}`,
    node: one.node,
    cli: one.cli,
  }));
  return [...own, ...others];
}

function versionOf(folder: string): string {
  return String(JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')).version);
}

const open: (() => Promise<void>)[] = [];

export async function closeWorld(): Promise<void> {
  for (const close of open.splice(0)) await close();
}

const DOCUMENTS = Object.fromEntries([NAME, SCOPED].map((name) => [name, packument({ name })]));

export async function registryWith(options: FakeRegistryOptions = {}): Promise<FakeRegistry> {
  const registry = await startFakeRegistry({ packages: DOCUMENTS, allowUnused: true, ...options });
  open.push(registry.close);
  return registry;
}

export async function proxyTo(
  registry: FakeRegistry,
  options: Partial<FakeProxyOptions> = {},
): Promise<FakeProxy> {
  const proxy = await startFakeProxy({ targetPort: registry.port, ...options });
  open.push(proxy.close);
  return proxy;
}

export async function socksTo(
  registry: FakeRegistry,
  options: Partial<FakeSocksOptions> = {},
): Promise<FakeSocks> {
  const socks = await startFakeSocks({ targetPort: registry.port, ...options });
  open.push(socks.close);
  return socks;
}

export type Place = {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
};

/**
 * A project that asks for `name`, and a user. `settings` are in the one layer; `below` is what the global file says, and
 * holds at least a registry, so that nothing falls back to npm's own.
 */
export function placeWith(
  layer: Layer,
  settings: Settings,
  { name, below, env = {} }: { readonly name: string; readonly below: Settings; readonly env?: Place['env'] },
): Place {
  const home = mkdtempSync(path.join(tmpdir(), 'phantom-guard-home-'));
  const cwd = writeProject({
    'package.json': { name: 'project', version: '1.0.0', dependencies: { [name]: '*' } },
    'package-lock.json': packageLock({ [`node_modules/${name}`]: { version: '1.0.0' } }),
  });
  const file = npmrcOf(settings);
  writeFiles(home, {
    'global-npmrc': npmrcOf(layer === 'global .npmrc' ? { ...below, ...settings } : below),
  });
  if (layer === 'project .npmrc') writeFileSync(path.join(cwd, '.npmrc'), file);
  if (layer === 'user .npmrc') writeFileSync(path.join(home, '.npmrc'), file);
  return {
    cwd,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: home,
      TMPDIR: tmpdir(),
      npm_config_globalconfig: path.join(home, 'global-npmrc'),
      npm_config_cache: path.join(home, '.npm'),
      npm_config_fetch_retries: '0',
      npm_config_fetch_timeout: '20000',
      npm_config_update_notifier: 'false',
      ...(layer === 'environment' ? variablesOf(settings) : {}),
      ...env,
    },
  };
}

function npmrcOf(settings: Settings): string {
  const lines = Object.entries(settings).flatMap(([key, value]) =>
    [value].flat().map((one) => `${key}=${/^\$\{/.test(one) ? one : JSON.stringify(one)}`),
  );
  return `${lines.join('\n')}\n`;
}

function variablesOf(settings: Settings): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [
      `npm_config_${/^(?:\/\/|@)/.test(key) ? key : key.replace('[]', '').replaceAll('-', '_')}`,
      [value].flat().join('\n\n'),
    ]),
  );
}

/** What came of asking about a name. */
export type Asked = { readonly outcome: 'reached' | 'refused'; readonly said: string };

export async function askWithNpm(npm: Npm, { cwd, env }: Place, name: string): Promise<Asked> {
  const words = [npm.cli, 'view', name, 'name', '--json'];
  const run = await runProcess(npm.node, words, { cwd, env: { ...env, NODE_OPTIONS: `--import=${GUARD}` } });
  const isReached = run.status === 0 && run.stdout.includes(name);
  return { outcome: isReached ? 'reached' : 'refused', said: run.stdout + run.stderr };
}

const CHECK = ['check', '--format', 'json', '--all', '--no-data', '--no-cache', '--downloads-url', 'none'];

/** `check`: in this process, or by the built command line where variables of Node itself are what counts. */
export async function askWithGuard({ cwd, env }: Place, name: string, built = false): Promise<Asked> {
  const { status, stdout, stderr } = built ? await checkBuilt(cwd, env) : await checkHere(cwd, env);
  const report = JSON.parse(stdout) as Report;
  const found = report.packages.find((one) => one.name === name);
  const isReached = status === 0 && found?.risk === 'safe' && found.decidedBy === 'registry';
  if (!isReached && status !== 2) throw new Error(`neither reached nor undecided: ${stdout}`);
  return { outcome: isReached ? 'reached' : 'refused', said: stdout + stderr };
}

async function checkHere(cwd: string, env: Place['env']) {
  const fake = fakeIo({ cwd, env });
  const { status } = await main(CHECK, fake.io);
  return { status, stdout: fake.stdout(), stderr: fake.stderr() };
}

async function checkBuilt(cwd: string, env: Place['env']) {
  const words = [CLI, ...CHECK];
  return await runProcess(process.execPath, words, {
    cwd,
    env: { ...env, NODE_OPTIONS: `--import=${GUARD}` },
  });
}
