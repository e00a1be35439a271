import { spawn } from 'node:child_process';

export type ProcessRun = {
  /** `null` when a signal ended it. */
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly elapsedMs: number;
};

export type ProcessOptions = {
  readonly cwd: string;
  /** The whole environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /** Typed into it. Default: nothing, and no stdin. */
  readonly stdin?: string;
  /** After this it is killed. Default 120 s. */
  readonly timeoutMs?: number;
};

/** Runs a program. Resolves with whatever it ends with. */
export function runProcess(
  file: string,
  args: readonly string[],
  { cwd, env, stdin, timeoutMs = 120_000 }: ProcessOptions,
): Promise<ProcessRun> {
  const startMs = performance.now();
  const child = spawn(file, args, {
    cwd,
    env,
    stdio: [stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  // A program that ends without reading its stdin is no error.
  child.stdin?.on('error', () => undefined).end(stdin);
  child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => err.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) => {
      resolve({
        status,
        signal,
        stdout: Buffer.concat(out).toString('utf8'),
        stderr: Buffer.concat(err).toString('utf8'),
        elapsedMs: performance.now() - startMs,
      });
    });
  });
}
