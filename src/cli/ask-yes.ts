import { createInterface } from 'node:readline';
import type { Io } from './io.js';

/** Whether somebody can be asked: both what is read and what is shown are a terminal. */
export function canAsk({ stdin, stderr }: Io): boolean {
  return stdin.isTTY === true && stderr.isTTY === true;
}

/** Asks a question; everything but y and yes, also Ctrl-C and the end of input, means no. */
export async function askYes(question: string, { stdin, stderr, signal }: Io): Promise<boolean> {
  stderr.write(`${question} [y/N] `);
  const lines = createInterface({ input: stdin, terminal: false });
  const answer = await new Promise<string>((resolve) => {
    lines.once('line', resolve);
    lines.once('close', () => resolve(''));
    signal.addEventListener('abort', () => resolve(''), { once: true });
  });
  lines.close();
  stdin.destroy();
  return /^\s*y(?:es)?\s*$/i.test(answer);
}
