import type { DownloadFacts, EpochMs, FactAnswer, PackageFacts, RegistryRef } from './facts.js';
import type { FeedMatch } from './feed.js';
import type { NameJudgement } from './name-judgement.js';
import type { AppliedException } from './report.js';
import type { TreeEntry } from './resolved-tree.js';
import type { Signal } from './signal.js';

/** How bad: `not-found` is a name that nobody owns, `unknown` one that nobody could judge. Neither is ever let through as *safe*. */
export type Risk = 'safe' | 'suspicious' | 'high-risk' | 'not-found' | 'unknown';
/** What the policy makes of a risk. */
export type Action = 'allow' | 'warn' | 'block';
/** What the verdict rests on: bundled names, kept facts, the registry, an exception or trusted scope, a feed, or the lockfile alone. */
export type DecidedBy = 'corpus' | 'cache' | 'registry' | 'policy' | 'feed' | 'lockfile';

/** What was learned about the name of an entry before anything was decided; `null` where nobody was asked. */
export type Knowledge = {
  readonly registry: RegistryRef | null;
  readonly answer: FactAnswer<PackageFacts> | null;
  readonly downloads: FactAnswer<DownloadFacts> | null;
};

/** What surrounds an entry: who asks for it, and what the bundled names know of the names that it mentions. */
export type SubjectContext = {
  /** The most popular established package that asks for it; `null` where none does. */
  readonly parent: EstablishedName | null;
  /** The established package whose name is the key under which this one is installed; `null` without such an alias. */
  readonly aliased: EstablishedName | null;
  /** Whose the repository in the package's metadata seems to be. */
  readonly repository: RepositoryOwner;
  /** The established package that the deprecation notice names. */
  readonly successor: EstablishedName | null;
  /** Entries of the feeds that name it. */
  readonly feeds: readonly FeedMatch[];
};

/** Its own, another package's, or none that can be recognised. */
export type RepositoryOwner =
  | { readonly kind: 'own' | 'none' }
  | { readonly kind: 'other'; readonly owner: EstablishedName };

export type EstablishedName = {
  readonly name: string;
  /** ⌊log₂⌋ of its monthly downloads at the snapshot date. */
  readonly popularity: number;
};

export const NO_CONTEXT: SubjectContext = {
  parent: null,
  aliased: null,
  repository: { kind: 'none' },
  successor: null,
  feeds: [],
};

/** An entry together with all that the decision about it may look at. */
export type Subject = {
  readonly entry: TreeEntry;
  readonly knowledge: Knowledge;
  readonly names: NameJudgement;
  readonly context: SubjectContext;
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
  /** The entries of the policy that took signals out of the score; these signals have the weight 0. */
  readonly exceptions: readonly AppliedException[];
  /** What the user should hear about how this was decided. */
  readonly notices: readonly string[];
};
