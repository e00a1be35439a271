import { type ChildProcess, spawn } from 'node:child_process';

export type ProgramRun = {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
};

export type ProgramSaid = { readonly status: number | null; readonly text: string };

const LONGEST_MS = 60_000;
const MOST_TEXT = 200_000;

/**
 * Runs a program with nothing on stdin, and keeps what it says. When `signal` aborts, or after a minute, it ends with
 * everything that it started: its status is `null` then.
 */
export function runProgram({ file, args, cwd, env, signal }: ProgramRun): Promise<ProgramSaid> {
  return new Promise((resolve, reject) => {
    const isWindows = process.platform === 'win32';
    const child = spawn(file, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that npm's scripts end with it.
      detached: !isWindows,
      // npm is a batch file there, which only a shell can start.
      shell: isWindows && !file.endsWith('.exe'),
    });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        text = `${text}${chunk}`.slice(-MOST_TEXT);
      });
    }
    const stop = (): void => endGroup(child);
    const timer = setTimeout(stop, LONGEST_MS);
    signal.addEventListener('abort', stop);
    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    };
    child.on('error', (error) => {
      settle();
      reject(error);
    });
    child.on('close', (status) => {
      settle();
      resolve({ status, text });
    });
    if (signal.aborted) stop();
  });
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
