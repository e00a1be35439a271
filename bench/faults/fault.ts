/** One way in which the world fails, and what was counted. */
export type FaultKind = {
  readonly name: string;
  /** What happens, in words for a table. */
  readonly fault: string;
  readonly run: (size: Size, count: Count) => Promise<void>;
};

/** `quick` = some of each, for CI. */
export type Size = 'quick' | 'whole';

/** Why a kind can't be run here. */
export class Skipped extends Error {}

/** What must hold. Each is counted as often as it was looked at. */
export const CHECKS = {
  judged: 'every package of the tree is judged or named as undecided',
  verdicts: 'verdicts are those of the quiet run, or undecided; nothing is allowed that it blocks',
  orphans: 'no process is left',
  leftovers: 'no temporary file is left after the next run',
  untouched: 'the project is byte for byte as it was',
  next: 'the next run works',
} as const;
export type Check = keyof typeof CHECKS;

/** Keeps count of the faults of one kind. */
export class Count {
  readonly checks: Partial<Record<Check, number>> = {};
  readonly failures: string[] = [];
  injected = 0;
  /** Verdicts under faults that are *unknown*, where the quiet run has one. */
  undecided = 0;

  /** @param what is said where it does not hold */
  look(check: Check, holds: boolean, what: string): void {
    this.checks[check] = (this.checks[check] ?? 0) + 1;
    if (!holds) this.failures.push(`${check}: ${what}`);
  }
}
