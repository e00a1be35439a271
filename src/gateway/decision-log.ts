import { appendFile } from 'node:fs/promises';

/** Appends lines to a file behind the caller. */
export type DecisionLog = {
  readonly write: (line: string) => void;
  readonly state: () => LogState;
  readonly flush: () => Promise<void>;
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

/** @param file `null` = nothing is written */
export function createDecisionLog(file: string | null): DecisionLog {
  let waiting: string[] = [];
  let writing: Promise<void> = Promise.resolve();
  let isWriting = false;
  let problem: string | null = null;
  let lost = 0;
  const drain = async (to: string): Promise<void> => {
    isWriting = true;
    while (waiting.length > 0) {
      const lines = waiting;
      waiting = [];
      try {
        await append(to, `${lines.join('\n')}\n`);
        problem = null;
      } catch (error) {
        problem = error instanceof Error ? error.message : String(error);
        lost += lines.length;
      }
    }
    isWriting = false;
  };
  return {
    write: (line) => {
      if (file === null) return;
      if (waiting.length >= MOST_WAITING) lost++;
      else waiting.push(line);
      if (!isWriting) writing = drain(file);
    },
    state: () => ({ problem, lost }),
    flush: async () => await writing,
  };
}

async function append(to: string, text: string): Promise<void> {
  if (to !== STANDARD_OUTPUT) return await appendFile(to, text, { mode: 0o640 });
  await new Promise<void>((done, fail) => {
    process.stdout.write(text, (error) => (error ? fail(error) : done()));
  });
}
