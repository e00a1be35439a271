import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { INSIDE, insideMark } from './real-npm.js';

type Env = Readonly<Record<string, string | undefined>>;

export type NpmRun = {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Env;
};

/** How a program ended: with a status, or by a signal. */
export type Ending = { readonly status: number; readonly signal: NodeJS.Signals | null };

/** What a program said before it ended. */
export type Said = Ending & { readonly stdout: string; readonly stderr: string };

/** A process that has been started ahead, and whether it has taken the run up: one that never did has run nothing. */
export type Started = { readonly child: ChildProcess; readonly hasObeyed: () => boolean };

/** A process for a run; `null` = none fits. */
export type Starter = (run: NpmRun) => Started | null;

const none: Starter = () => null;

/** The signals that a terminal or a supervisor sends; the program decides what they mean, so they only pass through. */
const FORWARDED: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** What npm says is shown to a person: the end of it is enough. */
const MOST_TEXT = 1_000_000;

/** Runs npm in place of this process: its input, output, terminal, signals and status are those of the user. */
export function becomeNpm(run: NpmRun, ready: Starter = none): Promise<Ending> {
  return start({ ...run, env: marked(run.env) }, { stdio: 'inherit' }, () => undefined, ready);
}

/** Like `becomeNpm` for a program that is no manager: what it installs is guarded anew. */
export function becomeProgram(run: NpmRun): Promise<Ending> {
  return start(run, { stdio: 'inherit' }, () => undefined);
}

/** Runs npm and keeps what it says. */
export async function askNpm(run: NpmRun, ready: Starter = none): Promise<Said> {
  const text = { stdout: '', stderr: '' };
  const asked = { ...run, env: marked(run.env) };
  const keep = (stream: 'stdout' | 'stderr', chunk: string): void => {
    text[stream] = `${text[stream]}${chunk}`.slice(-MOST_TEXT);
  };
  const ending = await start(asked, { stdio: ['ignore', 'pipe', 'pipe'] }, keep, ready);
  return { ...ending, ...text };
}

function marked(env: Env): Env {
  return { ...env, [INSIDE]: insideMark(env) };
}

function start(
  run: NpmRun,
  options: SpawnOptions,
  onText: (stream: 'stdout' | 'stderr', text: string) => void,
  ready: Starter = none,
): Promise<Ending> {
  const started = ready(run);
  const child = started?.child ?? spawn(run.program, run.args, { ...options, cwd: run.cwd, env: run.env });
  return ended(child, onText).then((ending) =>
    started === null || started.hasObeyed() || ending.signal !== null ? ending : start(run, options, onText),
  );
}

function ended(
  child: ChildProcess,
  onText: (stream: 'stdout' | 'stderr', text: string) => void,
): Promise<Ending> {
  return new Promise((resolve, reject) => {
    // A terminal sends Ctrl-C to the whole group: npm has it already.
    const forward = (signal: NodeJS.Signals): void => {
      if (signal !== 'SIGINT' || process.stdin.isTTY !== true) child.kill(signal);
    };
    for (const signal of FORWARDED) process.on(signal, forward);
    const stop = (): void => {
      for (const signal of FORWARDED) process.off(signal, forward);
    };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream]?.setEncoding('utf8').on('data', (text: string) => onText(stream, text));
    }
    child.on('error', (error) => {
      stop();
      reject(error);
    });
    child.on('close', (status, signal) => {
      stop();
      resolve({ status: status ?? 1, signal });
    });
  });
}
