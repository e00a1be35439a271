import type { ScopeLeader } from '../model/name-judgement.js';
import type { Contexts } from './data/contexts.js';

/**
 * What is known offline about names; every answer is synchronous and free of I/O, but for the first
 * `existedAtSnapshot`.
 */
export interface NameData {
  /** Day of the download counts, `YYYY-MM-DD`. */
  readonly snapshotDate: string;
  /** What the data holds, by kind. */
  readonly counts: NameDataCounts;
  /** ⌊log₂⌋ of the monthly downloads of an established name (8–31), `null` for any other. Exact. */
  popularityOf(name: string): number | null;
  /** Was the name in use at the snapshot? Never wrongly false; wrongly true for one unused name in 512. */
  existedAtSnapshot(name: string): boolean;
  /** Does the scope (with its `@`) hold an established package? Exact. */
  isEstablishedScope(scope: string): boolean;
  /** The scope's most popular established package, `null` when it has none. Exact. */
  scopeLeader(scope: string): ScopeLeader | null;
  /**
   * Downloads rank class on PyPI: ⌊log₂⌋ of the rank (0–13) of one of the 15,000 most downloaded names, else
   * `null`. Exact.
   */
  pypiRankOf(name: string): number | null;
  /**
   * Might a name, or a scope with its `@`, of this polynomial hash be worth imitating? Wrongly true for about
   * one in a thousand others.
   */
  mayBeTarget(hash: number): boolean;
  /** Which characters stand beside which in the names worth imitating. */
  readonly contexts: Contexts;
}

export interface NameDataCounts {
  readonly establishedNames: number;
  readonly establishedScopes: number;
  readonly pypiNames: number;
  readonly targetNames: number;
}

/**
 * Log₂ of the monthly downloads from which a name is worth imitating: a stranger counts as a name with up to
 * 2³ downloads a month, and the names less than 2¹⁰ times as popular are none of its targets.
 */
export const TARGET_POPULARITY = 13;

/** Log₂ of the monthly downloads of a scope's leader from which the scope is worth imitating. */
export const TARGET_SCOPE_POPULARITY = 16;
