import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

export type BenchRegistry = {
  /** Ends with a slash. */
  readonly url: string;
  readonly close: () => Promise<void>;
};

/** Starts `server` of this folder, whose every answer takes `delayMs`. */
export async function startRegistry(
  delayMs: number,
  server: 'registry-server' | 'sized-registry-server' = 'registry-server',
): Promise<BenchRegistry> {
  const args = [path.resolve('scripts/run-ts.mjs'), `bench/perf/${server}.ts`, String(delayMs)];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const { value: url, done } = await lines.next();
  if (done || url === undefined) throw new Error('the registry of the bench did not start');
  return {
    url,
    close: async () => {
      const ended = once(child, 'close');
      child.stdin.end();
      await ended;
    },
  };
}
