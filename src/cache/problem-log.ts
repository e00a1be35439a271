import type { CacheProblem } from './fact-store.js';

/** Keeps the first problem of each code: the second one tells the user nothing more. */
export type ProblemLog = {
  readonly note: (problem: CacheProblem) => void;
  readonly list: () => readonly CacheProblem[];
};

export function createProblemLog(): ProblemLog {
  const problems = new Map<CacheProblem['code'], CacheProblem>();
  return {
    note: (problem) => {
      if (!problems.has(problem.code)) problems.set(problem.code, problem);
    },
    list: () => [...problems.values()],
  };
}
