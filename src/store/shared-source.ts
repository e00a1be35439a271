import { type CachedSourceOptions, createCachedSource } from '../cache/cached-source.js';
import { createGrouping } from '../cache/group-by-space.js';
import type { FactSource } from '../model/facts.js';
import type { SharedFacts } from './shared-facts.js';
import { createSingleFlight } from './single-flight.js';

/** A source whose answers machines share: what the store has is taken from there, the rest is asked once for all of them. */
export function createSharedSource<F>(
  shared: SharedFacts,
  options: Omit<CachedSourceOptions<F>, 'store' | 'offline'>,
): FactSource<F> {
  const { kind, serviceUrl } = options;
  const inner = createSingleFlight({
    ...options,
    shared,
    grouping: createGrouping(kind, serviceUrl),
  });
  // What is asked is shared as soon as it is answered, not when the whole lookup is.
  const store = { ...shared, save: () => undefined };
  return createCachedSource({ ...options, inner, store, offline: false });
}
