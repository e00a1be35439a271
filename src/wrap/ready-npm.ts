import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { closeSync, openSync, readSync, realpathSync } from 'node:fs';
import type { Socket } from 'node:net';
import path from 'node:path';
import { Duplex } from 'node:stream';
import { hookFile, resolvingOnly } from './download-desk.js';
import { type NpmEffect, npmEffect } from './npm-commands.js';
import type { NpmRun, Starter } from './spawn-npm.js';

/** npm's modules load while the guard judges. */
export type ReadyNpms = {
  /** For the resolution in a copy, with its output kept. */
  readonly resolving: Starter;
  /** For the installation, with the user's terminal. */
  readonly installing: Starter;
  /** Ends what was not taken. */
  readonly dismiss: () => void;
};

type Ready = { readonly take: Starter; readonly dismiss: () => void };

export const NONE_READY: ReadyNpms = {
  resolving: () => null,
  installing: () => null,
  dismiss: () => undefined,
};

const PRELOAD = 'ready-npm.cjs';
const ORDERS = 3;
const RESOLVING: StdioOptions = ['ignore', 'pipe', 'pipe', 'pipe'];
const INSTALLING: StdioOptions = ['inherit', 'inherit', 'inherit', 'pipe'];
/** What npm does with the lockfile of the copy, and its own process again. */
const INSTALLS: readonly NpmEffect[] = ['install', 'update', 'audit', 'link', 'reify'];

/**
 * Starts what a command line will most likely need. `argv` is only looked at: a wrong guess costs a process that does
 * nothing.
 */
export function readyNpms(run: Omit<NpmRun, 'args'>, argv: readonly string[]): ReadyNpms {
  const effect = npmEffect(argv.find((word) => !word.startsWith('-')) ?? '');
  const isRead = argv.includes('--dry-run') || (effect === 'audit' && !argv.includes('fix'));
  if (isRead || effect === 'none' || effect === 'workspaces') return NONE_READY;
  const resolving =
    effect === 'ci' ? null : startReady({ ...run, env: resolvingOnly(run.env), args: argv }, RESOLVING);
  const install = () => startReady({ ...run, args: argv }, INSTALLING);
  let installing = effect === 'ci' ? install() : null;
  return {
    resolving: (asked) => {
      const taken = resolving?.take(asked) ?? null;
      if (taken !== null && INSTALLS.includes(effect)) installing ??= install();
      return taken;
    },
    installing: (asked) => installing?.take(asked) ?? null,
    dismiss: () => {
      resolving?.dismiss();
      installing?.dismiss();
    },
  };
}

/** `null` where the program is no npm that this Node starts by itself, or anything of it could belong to the project. */
function startReady({ program, args, cwd, env }: NpmRun, stdio: StdioOptions): Ready | null {
  if (!isOrdinaryNpm(program, cwd, env)) return null;
  const child = startNode([hookFile(PRELOAD), program, ...args], { cwd, env, stdio });
  const orders = child?.stdio?.[ORDERS];
  if (child === null || !(orders instanceof Duplex)) return null;
  const streams = [child.stdout, child.stderr, orders] as (Socket | null)[];
  let isOver = false;
  let hasObeyed = false;
  const end = (): void => {
    isOver = true;
  };
  child.on('error', end).on('exit', end);
  orders.on('error', end).on('data', () => {
    hasObeyed = true;
  });
  child.unref();
  for (const stream of streams) stream?.unref();
  return {
    take: (run) => {
      const added = additions(env, run.env);
      if (isOver || added === null || run.program !== program) return null;
      isOver = true;
      child.ref();
      for (const stream of streams) stream?.ref();
      orders.end(JSON.stringify({ cwd: run.cwd, args: run.args, env: added }));
      return { child, hasObeyed: () => hasObeyed };
    },
    dismiss: () => {
      if (!isOver) child.kill('SIGKILL');
      // Whoever else has the other ends sees that nothing comes any more.
      if (!isOver) for (const stream of streams) stream?.destroy();
      isOver = true;
    },
  };
}

function startNode(
  args: readonly string[],
  options: { readonly cwd: string; readonly env: NpmRun['env']; readonly stdio: StdioOptions },
): ChildProcess | null {
  try {
    return spawn(process.execPath, args, options);
  } catch {
    return null;
  }
}

/** What `env` says beyond `base`; `null` where the process should have been started otherwise. */
function additions(base: NpmRun['env'], env: NpmRun['env']): NpmRun['env'] | null {
  const isGone = Object.keys(base).some((key) => base[key] !== undefined && env[key] === undefined);
  if (isGone || base['NODE_OPTIONS'] !== env['NODE_OPTIONS']) return null;
  return Object.fromEntries(Object.entries(env).filter(([key, value]) => base[key] !== value));
}

/**
 * Whether the program is npm's own file, which `node` of the PATH would run, and that is this Node: no version manager
 * stands in between, and no `node` or `npm` of a `node_modules` around the project.
 */
function isOrdinaryNpm(program: string, cwd: string, env: NpmRun['env']): boolean {
  try {
    const file = realpathSync(program);
    if (!/[\\/]npm[\\/]bin[\\/]npm-cli\.js$/.test(file) || isAround(cwd, file)) return false;
    if (/--inspect/.test(env['NODE_OPTIONS'] ?? '') || firstBytes(file) !== SHEBANG) return false;
    const found = (env['PATH'] ?? '')
      .split(path.delimiter)
      .map((folder) => path.resolve(cwd, folder, 'node'));
    const [node] = found.flatMap(realPathOf);
    return node === realpathSync(process.execPath);
  } catch {
    return false;
  }
}

const SHEBANG = '#!/usr/bin/env node\n';

function firstBytes(file: string): string {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(SHEBANG.length);
    readSync(descriptor, bytes, 0, bytes.length, 0);
    return bytes.toString('latin1');
  } finally {
    closeSync(descriptor);
  }
}

/** Whether the file lies in a `node_modules` of the folder or of one above it. */
function isAround(folder: string, file: string): boolean {
  const at = file.indexOf(`${path.sep}node_modules${path.sep}`);
  const owner = at < 0 ? null : `${file.slice(0, at)}${path.sep}`;
  return owner !== null && `${realpathSync(folder)}${path.sep}`.startsWith(owner);
}

function realPathOf(file: string): readonly string[] {
  try {
    return [realpathSync(file)];
  } catch {
    return [];
  }
}
