import type { EpochMs, FactQuery } from '../model/facts.js';
import type { PackageName } from '../model/package-name.js';
import type { FactCodec } from './fact-codec.js';
import type { FactSpace } from './fact-space.js';
import type { FactStore } from './fact-store.js';
import { isFresh, isFromFuture, type Ttl } from './freshness.js';
import type { Cached, MemoryLayer } from './memory-layer.js';
import { fromStoredFact, type StoredFact } from './stored-fact.js';

export type Recollection<F> = {
  readonly memory: MemoryLayer<F>;
  readonly store: FactStore;
  readonly codec: FactCodec<F>;
  readonly ttl: Ttl;
};

/**
 * What memory and store know of the names that are asked for in one space, fresh or stale. The store is read only for
 * names of which memory has no fresh answer.
 */
export async function recall<F>(
  { memory, store, codec, ttl }: Recollection<F>,
  space: FactSpace,
  queries: readonly FactQuery<F>[],
  nowMs: EpochMs,
): Promise<ReadonlyMap<PackageName, Cached<F>>> {
  const known = new Map<PackageName, Cached<F>>();
  for (const { name } of queries) {
    const answer = memory.get(space, name);
    if (answer !== null && !isFromFuture(answer.fetchedAtMs, nowMs)) known.set(name, answer);
  }
  const isSettled = (answer: Cached<F> | null | undefined): boolean =>
    !!answer && isFresh(answer, nowMs, ttl);
  const wanting = queries.map(({ name }) => name).filter((name) => !isSettled(known.get(name)));
  const decode = decodeOnce(codec);
  const accepts = (fact: StoredFact): boolean => isSettled(decode(fact));
  for (const [name, fact] of await store.load(space, wanting, { nowMs, accepts })) {
    const answer = decode(fact);
    if (answer === null || answer.fetchedAtMs < (known.get(name)?.fetchedAtMs ?? answer.fetchedAtMs))
      continue;
    known.set(name, answer);
    memory.set(space, name, answer);
  }
  return known;
}

function decodeOnce<F>(codec: FactCodec<F>): (fact: StoredFact) => Cached<F> | null {
  const decoded = new Map<StoredFact, Cached<F> | null>();
  return (fact) => {
    const known = decoded.get(fact);
    if (known !== undefined) return known;
    const answer = fromStoredFact(fact, codec);
    decoded.set(fact, answer);
    return answer;
  };
}
