import type { DownloadFacts, EpochMs, FactAnswer, PackageFacts, RegistryRef } from './facts.js';
import type { NameJudgement } from './name-judgement.js';
import type { TreeEntry } from './resolved-tree.js';
import type { Signal } from './signal.js';

export type Risk = 'safe' | 'suspicious' | 'high-risk' | 'not-found' | 'unknown';
export type Action = 'allow' | 'warn' | 'block';
export type DecidedBy = 'corpus' | 'cache' | 'registry' | 'policy' | 'feed' | 'lockfile';

/** What was learned about the name of an entry before anything was decided; `null` where nobody was asked. */
export type Knowledge = {
  readonly registry: RegistryRef | null;
  readonly answer: FactAnswer<PackageFacts> | null;
  readonly downloads: FactAnswer<DownloadFacts> | null;
};

/** An entry together with all that the decision about it may look at. */
export type Subject = {
  readonly entry: TreeEntry;
  readonly knowledge: Knowledge;
  readonly names: NameJudgement;
  readonly nowMs: EpochMs;
};

export type Verdict = {
  readonly subject: Subject;
  readonly risk: Risk;
  /** Probability-like, in [0, 1]; 0 where nothing was judged. */
  readonly score: number;
  readonly action: Action;
  readonly signals: readonly Signal[];
  readonly decidedBy: DecidedBy;
};
