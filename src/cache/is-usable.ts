import type { EpochMs, FactQuery } from '../model/facts.js';
import { isFresh, type Ttl } from './freshness.js';
import type { Cached } from './memory-layer.js';

export type Demands<F> = {
  readonly ttl: Ttl;
  /** Whether facts hold what the query needs. */
  readonly serves: (facts: F, query: FactQuery<F>) => boolean;
};

/**
 * Whether a kept answer will do. A 404 of a scope's own registry proves nothing, so an `absent` that was kept for its URL does
 * not answer there.
 */
export function isUsable<F>(
  answer: Cached<F>,
  query: FactQuery<F>,
  { ttl, serves }: Demands<F>,
  nowMs: EpochMs,
): boolean {
  if (!isFresh(answer, nowMs, ttl)) return false;
  return answer.kind === 'absent' ? !query.registry.isScopeRegistry : serves(answer.facts, query);
}
