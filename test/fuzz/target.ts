/** A parser under attack. */
export type FuzzTarget = {
  readonly name: string;
  /** Inputs to begin with: each way of the parser should have one. */
  readonly seeds: () => readonly (string | Buffer)[];
  /** How many inputs it gets, where that is not as many as others: fast ones get more. */
  readonly share?: number;
  /** What its grammar is made of. */
  readonly words: readonly string[];
  /**
   * Reads the bytes. A value and a GuardError are right; anything else that is thrown is a finding, a {@link Violation} for what the
   * target itself says must hold.
   */
  readonly run: (bytes: Buffer) => unknown;
};

/** The parser gave a value, and the value is wrong. */
export class Violation extends Error {}

/** @throws Violation */
export function mustHold(holds: boolean, what: string): void {
  if (!holds) throw new Violation(what);
}

/** For every target: 1 MB of input, < 1 s, < 200 MB more than before. */
export const LIMITS = { bytes: 1024 * 1024, ms: 1000, mb: 200 } as const;
