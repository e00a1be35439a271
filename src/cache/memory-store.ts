import type { PackageName } from '../model/package-name.js';
import { type FactSpace, recordKey } from './fact-space.js';
import type { FactStore } from './fact-store.js';
import { isFromFuture } from './freshness.js';
import type { StoredFact } from './stored-fact.js';

/** A store that ends with the process: what `--no-cache` stands for. */
export function createMemoryStore(): FactStore {
  const facts = new Map<string, StoredFact>();
  return {
    load: (space, names, { nowMs }) => Promise.resolve(pick(facts, space, names, nowMs)),
    save: (space, changes) => {
      for (const [name, fact] of changes) facts.set(recordKey(space, name), fact);
    },
    flush: () => Promise.resolve(),
    problems: () => [],
  };
}

function pick(
  facts: ReadonlyMap<string, StoredFact>,
  space: FactSpace,
  names: readonly PackageName[],
  nowMs: number,
): Map<PackageName, StoredFact> {
  const picked = new Map<PackageName, StoredFact>();
  for (const name of names) {
    const fact = facts.get(recordKey(space, name));
    if (fact !== undefined && !isFromFuture(fact.fetchedAtMs, nowMs)) picked.set(name, fact);
  }
  return picked;
}
