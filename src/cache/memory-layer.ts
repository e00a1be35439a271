import type { Absent, Found } from '../model/facts.js';
import type { PackageName } from '../model/package-name.js';
import type { FactSpace } from './fact-space.js';

/** Answers that were decoded once, for the life of the process. */
export type MemoryLayer<F> = {
  readonly get: (space: FactSpace, name: PackageName) => Cached<F> | null;
  /** An answer that is older than the one at hand is not taken. */
  readonly set: (space: FactSpace, name: PackageName, answer: Cached<F>) => void;
};

/** An answer that a cache may hold. */
export type Cached<F> = Found<F> | Absent;

/** Most answers of one space in memory, some 1 kB each; the one that was put in first goes first. */
export const MAX_ANSWERS = 20_000;

/** Spaces are told apart by identity, which spares a key for each name. */
export function createMemoryLayer<F>(): MemoryLayer<F> {
  const spaces = new Map<FactSpace, Map<PackageName, Cached<F>>>();
  return {
    get: (space, name) => spaces.get(space)?.get(name) ?? null,
    set: (space, name, answer) => {
      const answers = spaces.get(space) ?? new Map<PackageName, Cached<F>>();
      spaces.set(space, answers);
      const known = answers.get(name);
      if (known !== undefined && known.fetchedAtMs > answer.fetchedAtMs) return;
      answers.set(name, answer.from === 'cache' ? answer : { ...answer, from: 'cache' });
      if (answers.size > MAX_ANSWERS) dropFirst(answers);
    },
  };
}

function dropFirst(answers: Map<PackageName, unknown>): void {
  for (const name of answers.keys()) {
    answers.delete(name);
    return;
  }
}
