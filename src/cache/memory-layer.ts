import type { Absent, Found } from '../model/facts.js';
import type { PackageName } from '../model/package-name.js';
import { type FactSpace, recordKey } from './fact-space.js';

/** Answers that were decoded once, for the life of the process. */
export type MemoryLayer<F> = {
  readonly get: (space: FactSpace, name: PackageName) => Cached<F> | null;
  /** An answer that is older than the one at hand is not taken. */
  readonly set: (space: FactSpace, name: PackageName, answer: Cached<F>) => void;
};

/** An answer that a cache may hold. */
export type Cached<F> = Found<F> | Absent;

/** Most answers of one source in memory, some 1 kB each; the one that was put in first goes first. */
export const MAX_ANSWERS = 20_000;

export function createMemoryLayer<F>(): MemoryLayer<F> {
  const answers = new Map<string, Cached<F>>();
  return {
    get: (space, name) => answers.get(recordKey(space, name)) ?? null,
    set: (space, name, answer) => {
      const key = recordKey(space, name);
      const known = answers.get(key);
      if (known !== undefined && known.fetchedAtMs > answer.fetchedAtMs) return;
      answers.delete(key);
      answers.set(key, answer.from === 'cache' ? answer : { ...answer, from: 'cache' });
      if (answers.size > MAX_ANSWERS) dropFirst(answers);
    },
  };
}

function dropFirst(answers: Map<string, unknown>): void {
  for (const key of answers.keys()) {
    answers.delete(key);
    return;
  }
}
