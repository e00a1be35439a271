import type { FactSpace } from '../cache/fact-space.js';
import type { FactStore } from '../cache/fact-store.js';
import { isFromFuture, type Ttl } from '../cache/freshness.js';
import { createProblemLog } from '../cache/problem-log.js';
import type { StoredFact } from '../cache/stored-fact.js';
import type { EpochMs } from '../model/facts.js';
import type { PackageName } from '../model/package-name.js';
import { openValue, sealValue } from './sealed-value.js';
import { claimKey, entryKey, type StoreKeys } from './store-keys.js';
import type { ValueStore } from './value-store.js';

/** The facts that machines share, and who of them is asking a registry. */
export type SharedFacts = Omit<FactStore, 'save'> & {
  /** Takes note of facts, gives up the claims on `names`, and returns at once. */
  readonly share: (
    space: FactSpace,
    facts: ReadonlyMap<PackageName, StoredFact>,
    names: readonly PackageName[],
    nowMs: EpochMs,
  ) => void;
  /** The names that nobody else is asking about; they are this process's until it shares them, or for `CLAIM_MS`. */
  readonly claim: (space: FactSpace, names: readonly PackageName[]) => Promise<ReadonlySet<PackageName>>;
  readonly close: () => Promise<void>;
};

/** Longer than a registry takes; a process that died holds up the others for so long. */
export const CLAIM_MS = 3_000;

/** Facts in a value store, each sealed with the organisation's key. What doesn't open with it is a miss. */
export function createSharedFacts(store: ValueStore, keys: StoreKeys, ttl: Ttl): SharedFacts {
  const log = createProblemLog();
  return {
    load: async (space, names, { nowMs }) => {
      const facts = new Map<PackageName, StoredFact>();
      if (names.length === 0) return facts;
      const entries = names.map((name) => entryKey(keys, space, name));
      for (const [index, value] of (await store.read(entries)).entries()) {
        const fact = value === null ? null : openValue(keys.values, entries[index] as string, value);
        if (value !== null && fact === null) log.note(FORGED);
        if (fact !== null && !isFromFuture(fact.fetchedAtMs, nowMs))
          facts.set(names[index] as PackageName, fact);
      }
      return facts;
    },
    share: (space, facts, names, nowMs) => {
      const entries = [...facts].map(([name, fact]) => {
        const key = entryKey(keys, space, name);
        const keptMs = fact.fetchedAtMs + (fact.facts === null ? ttl.absentMs : ttl.staleMs) - nowMs;
        return { key, value: sealValue(keys.values, key, fact), forMs: keptMs };
      });
      const release = names.map((name) => claimKey(entryKey(keys, space, name)));
      store.write(
        entries.filter(({ forMs }) => forMs > 0),
        release,
      );
    },
    claim: async (space, names) => {
      const claims = names.map((name) => claimKey(entryKey(keys, space, name)));
      const isOurs = await store.claim(claims, CLAIM_MS);
      return new Set(names.filter((_, index) => isOurs[index]));
    },
    flush: () => store.flush(),
    close: () => store.close(),
    problems: () => [
      ...store.problems().map(({ message, isOver }) => ({
        code: 'STORE_UNUSABLE' as const,
        message: `${message}.`,
        hint: UNUSED,
        isOver,
      })),
      ...log.list(),
    ],
  };
}

const UNUSED = 'The local cache and the registry were asked in its place.';

const FORGED = {
  code: 'STORE_FORGED',
  message: 'Entries of the shared store were not sealed with this organisation’s key.',
  hint: 'They were not believed. Look who can write to the store, and whether all machines have the same store.key.',
} as const;
