import type { EpochMs } from './facts.js';
import type { Suggestion } from './report.js';

/** The signals that a name alone can raise. */
export type NameSignalCode =
  | 'TYPOSQUAT'
  | 'HALLUCINATION_PATTERN'
  | 'NAMESPACE_SQUATTING'
  | 'CROSS_ECOSYSTEM'
  | 'CORE_MODULE';

/** An established name that a name may imitate, and how. */
export type Imitation = {
  readonly technique: string;
  readonly signal: NameSignalCode;
  readonly imitated: string;
  readonly ecosystem: 'npm' | 'pypi' | 'node';
  /** How convincing it is, in log-odds; positive. */
  readonly strength: number;
};

/** The most popular established package of a scope. */
export type ScopeLeader = {
  readonly name: string;
  /** ⌊log₂⌋ of its monthly downloads. */
  readonly popularity: number;
  /** Established packages in the scope; 7 stands for 7 and more. */
  readonly packages: number;
};

/** What the bundled names say about a name. Nothing of it comes from a registry. */
export type NameJudgement = {
  /** ⌊log₂⌋ of the monthly downloads at the snapshot date; `null` when the name wasn't established then. */
  readonly popularity: number | null;
  /** The name was in use at the snapshot date; `null` when there is no data. */
  readonly inSnapshot: boolean | null;
  /** When the names were collected; `null` when there is no data. */
  readonly snapshotAtMs: EpochMs | null;
  /** Of the name's scope; `null` for an unscoped name and for a scope without an established package. */
  readonly scopeLeader: ScopeLeader | null;
  /** Most convincing first. */
  readonly imitations: readonly Imitation[];
  /** Best first, at most three. */
  readonly suggestions: readonly Suggestion[];
};

/** What is said about a name that the bundled names don't apply to. */
export const NO_JUDGEMENT: NameJudgement = {
  popularity: null,
  inSnapshot: null,
  snapshotAtMs: null,
  scopeLeader: null,
  imitations: [],
  suggestions: [],
};
