/** One entry to be written. */
export type Entry = { readonly key: string; readonly value: Buffer; readonly forMs: number };

/**
 * A key-value store that many machines share. No method rejects or throws, and none waits longer than its deadline: a store that
 * can't be used has nothing, keeps nothing, and says why under `problems`.
 */
export type ValueStore = {
  /** One value for each key, in their order, in one round trip. `null` = none. */
  readonly read: (keys: readonly string[]) => Promise<readonly (Buffer | null)[]>;
  /** Whether each key is this process's for the time; `true` also where nobody can say. */
  readonly claim: (keys: readonly string[], forMs: number) => Promise<readonly boolean[]>;
  /** Takes note of it and returns at once. */
  readonly write: (entries: readonly Entry[], release: readonly string[]) => void;
  /** Resolves when what was written is there, or known not to be. */
  readonly flush: () => Promise<void>;
  readonly close: () => Promise<void>;
  /** The first thing that went wrong in reading and in writing, without credentials. */
  readonly problems: () => readonly StoreProblem[];
};

export type StoreProblem = {
  readonly message: string;
  /** It works again. */
  readonly isOver: boolean;
};
