import type { EpochMs } from '../model/facts.js';
import type { PackageName } from '../model/package-name.js';
import type { FactSpace } from './fact-space.js';
import type { StoredFact } from './stored-fact.js';

/** Why the cache could not be used, as the user is told once. */
export type CacheProblem = {
  readonly code:
    | 'CACHE_UNTRUSTED'
    | 'CACHE_UNREADABLE'
    | 'CACHE_UNWRITABLE'
    | 'CACHE_KEY_UNUSABLE'
    | 'CACHE_FORGED'
    | 'STORE_UNUSABLE'
    | 'STORE_KEY_UNUSABLE'
    | 'STORE_FORGED';
  /** It is no problem any more. */
  readonly isOver?: boolean;
  /** One sentence with the path in it; not sanitised. */
  readonly message: string;
  readonly hint: string;
};

export type LoadOptions = {
  readonly nowMs: EpochMs;
  /** The caller needs nothing newer or better than this fact. */
  readonly accepts: (fact: StoredFact) => boolean;
};

/**
 * Where facts are kept between lookups. No method rejects or throws: a store that cannot be used has no facts, keeps
 * none and says why under `problems`.
 */
export type FactStore = {
  /** The newest known fact of each name, fresh or not; a name without one is missing. None is from the future. */
  readonly load: (
    space: FactSpace,
    names: readonly PackageName[],
    options: LoadOptions,
  ) => Promise<ReadonlyMap<PackageName, StoredFact>>;
  /** Takes note of `changes` and returns at once; the writing goes on behind the caller. */
  readonly save: (space: FactSpace, changes: ReadonlyMap<PackageName, StoredFact>, nowMs: EpochMs) => void;
  /** Resolves when everything that was saved is written, or known not to be writable. */
  readonly flush: () => Promise<void>;
  /** The first problem of each code so far. */
  readonly problems: () => readonly CacheProblem[];
};
