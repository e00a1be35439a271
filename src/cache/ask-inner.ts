import type { FactAnswer, FactQuery, FactSource, Found, LookupContext, Unavailable } from '../model/facts.js';
import type { PackageName } from '../model/package-name.js';
import type { FactSpace } from './fact-space.js';
import { mayStandIn, type Ttl } from './freshness.js';

/** A query that the cache could not answer. */
export type Open<F> = {
  readonly query: FactQuery<F>;
  readonly space: FactSpace;
  /** What the cache knew once, for revalidation and for the case that nobody answers. */
  readonly stale: Found<F> | null;
};

type Inner<F> = { readonly inner: FactSource<F>; readonly offline: boolean; readonly ttl: Ttl };

const OFFLINE: Unavailable = {
  kind: 'unavailable',
  reason: 'offline',
  detail: 'The run is offline, and the cache has no facts that may still be used.',
};
const UNANSWERED: Unavailable = {
  kind: 'unavailable',
  reason: 'no-source',
  detail: 'The source of the facts gave no answer for this name.',
};

/** One answer for each open query: the inner source's, or the stale one where that may stand in. */
export async function askInner<F>(
  { inner, offline, ttl }: Inner<F>,
  open: readonly Open<F>[],
  context: LookupContext,
): Promise<ReadonlyMap<Open<F>, FactAnswer<F>>> {
  const reported = new Set<PackageName>();
  const onAnswer = (name: PackageName): void => {
    if (!reported.has(name)) context.onAnswer(name);
    reported.add(name);
  };
  const queries = open.map(({ query, stale }) => ({ ...query, previous: newerOf(stale, query.previous) }));
  const isAsked = !offline && queries.length > 0;
  const answers = isAsked ? await inner.lookup(queries, { ...context, onAnswer }) : new Map();
  const settled = new Map<Open<F>, FactAnswer<F>>();
  for (const item of open) {
    const answer: FactAnswer<F> = answers.get(item.query.name) ?? (offline ? OFFLINE : UNANSWERED);
    settled.set(item, standIn(answer, item.stale, context.nowMs, ttl));
    onAnswer(item.query.name);
  }
  return settled;
}

function standIn<F>(answer: FactAnswer<F>, stale: Found<F> | null, nowMs: number, ttl: Ttl): FactAnswer<F> {
  const isNeeded = stale !== null && answer.kind === 'unavailable';
  return isNeeded && mayStandIn(stale, answer.reason, nowMs, ttl) ? stale : answer;
}

function newerOf<F>(stale: Found<F> | null, given: Found<F> | null): Found<F> | null {
  return stale !== null && given !== null && given.fetchedAtMs > stale.fetchedAtMs ? given : (stale ?? given);
}
