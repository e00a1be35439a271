import { spawn } from 'node:child_process';
import type { ProcessOptions } from './run-process.js';

/** What is typed when a prompt is printed, in the order in which they come. */
export type Answers = readonly (readonly [prompt: string, answer: string])[];

/** Runs a program as a person does that waits for a prompt before typing. Resolves with its status and all that it printed. */
export function runAnswered(
  file: string,
  args: readonly string[],
  { cwd, env, timeoutMs = 60_000 }: Omit<ProcessOptions, 'stdin'>,
  answers: Answers,
): Promise<{ readonly status: number | null; readonly output: string }> {
  const child = spawn(file, args, { cwd, env, timeout: timeoutMs, killSignal: 'SIGKILL' });
  const left = [...answers];
  let output = '';
  let unread = '';
  const onData = (chunk: Buffer): void => {
    output += String(chunk);
    unread += String(chunk);
    const [prompt, answer] = left[0] ?? [];
    if (prompt === undefined || !unread.includes(prompt)) return;
    left.shift();
    unread = '';
    child.stdin.write(`${answer}\n`);
  };
  child.stdout.on('data', onData);
  child.stderr.on('data', onData);
  child.stdin.on('error', () => undefined);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, output }));
  });
}
