import { type StdioOptions, spawn } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { Writable } from 'node:stream';
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
  if (effect === 'none' || effect === 'workspaces') return NONE_READY;
  const resolving =
    effect === 'ci' ? null : startReady({ ...run, env: resolvingOnly(run.env), args: argv }, RESOLVING);
  const install = () => startReady({ ...run, args: argv }, INSTALLING);
  let installing = effect === 'ci' ? install() : null;
  return {
    resolving: (asked) => {
      const child = resolving?.take(asked) ?? null;
      if (child !== null && INSTALLS.includes(effect)) installing ??= install();
      return child;
    },
    installing: (asked) => installing?.take(asked) ?? null,
    dismiss: () => {
      resolving?.dismiss();
      installing?.dismiss();
    },
  };
}

/** `null` where the program is no npm that Node starts by itself: a version manager's stand-in, another system's. */
function startReady({ program, args, cwd, env }: NpmRun, stdio: StdioOptions): Ready | null {
  const node = interpreterOf(program);
  if (node === null) return null;
  const child = spawn(node, [hookFile(PRELOAD), program, ...args], { cwd, env, stdio });
  const orders = child.stdio[ORDERS] as Writable;
  let isOver = false;
  const end = (): void => {
    isOver = true;
  };
  child.on('error', end).on('exit', end);
  orders.on('error', end);
  // A guard that ends does not wait for it; npm ends when its orders can't come any more.
  child.unref();
  return {
    take: (run) => {
      const added = additions(env, run.env);
      if (isOver || added === null || run.program !== program) return null;
      isOver = true;
      child.ref();
      orders.end(JSON.stringify({ cwd: run.cwd, args: run.args, env: added }));
      return child;
    },
    dismiss: () => {
      if (!isOver) child.kill('SIGKILL');
      isOver = true;
    },
  };
}

/** What `env` says beyond `base`; `null` where the process should have been started otherwise. */
function additions(base: NpmRun['env'], env: NpmRun['env']): NpmRun['env'] | null {
  const isGone = Object.keys(base).some((key) => base[key] !== undefined && env[key] === undefined);
  if (isGone || base['NODE_OPTIONS'] !== env['NODE_OPTIONS']) return null;
  return Object.fromEntries(Object.entries(env).filter(([key, value]) => base[key] !== value));
}

/** The interpreter that npm's own file names in its first line, where that is Node. */
function interpreterOf(program: string): string | null {
  try {
    const file = realpathSync(program);
    if (!/[\\/]npm[\\/]bin[\\/]npm-cli\.js$/.test(file)) return null;
    const [first = ''] = readFileSync(file, 'utf8').split('\n', 1);
    const named = /^#!\s*(?:\/usr\/bin\/env\s+)?(\S+)\s*$/.exec(first)?.[1] ?? null;
    return named !== null && path.basename(named) === 'node' ? named : null;
  } catch {
    return null;
  }
}
