import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CLI } from './run-cli.js';
import type { ProcessRun } from './run-process.js';

/** A user of the wrapper: what npm and the guard keep of theirs, and how their processes are started. */
export type GuardedUser = {
  readonly home: string;
  /** Where staging folders appear. */
  readonly temporary: string;
  readonly env: Readonly<Record<string, string>>;
};

export type Started = {
  readonly child: ChildProcess;
  readonly ended: Promise<ProcessRun>;
  /** Resolves when a line of stdout or stderr has this text. */
  readonly says: (text: string) => Promise<void>;
  /** Sends it to this process only, or to all that it started too. */
  readonly send: (signal: NodeJS.Signals, to?: 'group') => void;
  /** Resolves when neither it nor anything that it started is there. */
  readonly gone: () => Promise<void>;
};

/** A home of its own, with npm's settings in the environment. */
export function guardedUser(registry: string, env: Readonly<Record<string, string>> = {}): GuardedUser {
  const home = mkdtempSync(path.join(tmpdir(), 'phantom-guard-user-'));
  const temporary = path.join(home, 'tmp');
  mkdirSync(temporary);
  return {
    home,
    temporary,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: home,
      TMPDIR: temporary,
      npm_config_registry: registry,
      npm_config_cache: path.join(home, 'npm'),
      npm_config_prefix: path.join(home, 'prefix'),
      npm_config_fetch_retries: '0',
      npm_config_audit: 'false',
      npm_config_fund: 'false',
      npm_config_update_notifier: 'false',
      PHANTOM_GUARD_CACHE_DIR: path.join(home, 'guard-cache'),
      ...env,
    },
  };
}

/** `phantom-guard-install npm …` as a shell would start it. */
export function guardedWords(...words: readonly string[]): readonly string[] {
  return [process.execPath, CLI, '--downloads-url', 'none', ...words];
}

/** Starts a program as the leader of a process group of its own. */
export function start(
  words: readonly string[],
  { cwd, env, stdin = 'ignore' }: Pick<GuardedUser, 'env'> & { cwd: string; stdin?: 'ignore' | 'pipe' },
): Started {
  const startMs = performance.now();
  const [file = '', ...args] = words;
  const child = spawn(file, args, { cwd, env, stdio: [stdin, 'pipe', 'pipe'], detached: true });
  const pid = child.pid ?? 0;
  const text = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream]?.setEncoding('utf8').on('data', (chunk: string) => {
      text[stream] += chunk;
      child.emit('said');
    });
  const ended = new Promise<ProcessRun>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) =>
      resolve({ status, signal, ...text, elapsedMs: performance.now() - startMs }),
    );
  });
  const says = (wanted: string) =>
    new Promise<void>((resolve) => {
      const look = (): void => {
        if (`${text.stdout}${text.stderr}`.includes(wanted)) resolve();
      };
      child.on('said', look);
      look();
    });
  return {
    child,
    ended,
    says,
    send: (signal, to) => {
      process.kill(to === 'group' ? -pid : pid, signal);
    },
    gone: () => untilGone(-pid),
  };
}

async function untilGone(group: number): Promise<void> {
  while (isThere(group)) await new Promise((resolve) => setTimeout(resolve, 20));
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
