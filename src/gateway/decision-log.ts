import { appendFileSync, closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { atEnd } from './at-end.js';

/** Appends lines to a file behind the caller, and at the end of the process what is left of them. */
export type DecisionLog = {
  readonly write: (line: string) => void;
  readonly state: () => LogState;
  readonly flush: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export type LogState = {
  /** Why the last lines could not be written; `null` = they were. */
  readonly problem: string | null;
  /** Lines that were lost. */
  readonly lost: number;
};

/** Lines that wait for a slow disk; more are lost. */
const MOST_WAITING = 10_000;

/** In the place of a file: the standard output, which may be a socket that can't be opened again. */
export const STANDARD_OUTPUT = '-';
const MODE = { mode: 0o640 };

/** @param file `null` = nothing is written */
export function createDecisionLog(file: string | null): DecisionLog {
  let waiting: string[] = [];
  let underWay = '';
  let writing: Promise<void> = Promise.resolve();
  let isWriting = false;
  let problem: string | null = null;
  let lost = 0;
  const drain = async (to: string): Promise<void> => {
    isWriting = true;
    while (waiting.length > 0) {
      const lines = waiting;
      waiting = [];
      underWay = textOf(lines);
      try {
        await append(to, underWay);
        problem = null;
      } catch (error) {
        problem = error instanceof Error ? error.message : String(error);
        lost += lines.length;
      }
      underWay = '';
    }
    isWriting = false;
  };
  const forget =
    file === null
      ? () => undefined
      : atEnd(() => {
          appendLast(file, underWay, textOf(waiting));
          waiting = [];
        });
  const flush = async (): Promise<void> => await writing;
  return {
    write: (line) => {
      if (file === null) return;
      if (waiting.length >= MOST_WAITING) lost++;
      else waiting.push(line);
      if (!isWriting) writing = drain(file);
    },
    state: () => ({ problem, lost }),
    flush,
    close: async () => {
      await flush();
      forget();
    },
  };
}

async function append(to: string, text: string): Promise<void> {
  if (to !== STANDARD_OUTPUT) return await appendFile(to, text, MODE);
  await new Promise<void>((done, fail) => {
    process.stdout.write(text, (error) => (error ? fail(error) : done()));
  });
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

/** What is under way may be there already. */
function appendLast(file: string, underWay: string, waiting: string): void {
  try {
    if (file === STANDARD_OUTPUT) {
      if (waiting !== '') process.stdout.write(waiting);
      return;
    }
    const text = `${underWay !== '' && !endsWith(file, underWay) ? underWay : ''}${waiting}`;
    if (text !== '') appendFileSync(file, text, MODE);
  } catch {
    // Nobody is left to be told.
  }
}

function endsWith(file: string, text: string): boolean {
  const expected = Buffer.from(text);
  const descriptor = openSync(file, 'a+');
  try {
    const from = fstatSync(descriptor).size - expected.length;
    const found = Buffer.alloc(expected.length);
    return from >= 0 && readSync(descriptor, found, 0, found.length, from) > 0 && found.equals(expected);
  } finally {
    closeSync(descriptor);
  }
}
