import { noteUnrepeatable, noteUntil } from '../inputs/trace.js';
import type { FactAnswer, FactQuery, FactSource, Found, LookupContext } from '../model/facts.js';
import type { PackageName } from '../model/package-name.js';
import { askInner, type Open } from './ask-inner.js';
import type { FactCodec } from './fact-codec.js';
import type { FactKind, FactSpace } from './fact-space.js';
import type { FactStore } from './fact-store.js';
import { freshUntil, type Ttl } from './freshness.js';
import { createGrouping, type Grouping } from './group-by-space.js';
import { isUsable } from './is-usable.js';
import { createMemoryLayer, type MemoryLayer } from './memory-layer.js';
import { recall } from './recall.js';
import { isStorable, type StoredFact, toStoredFact } from './stored-fact.js';

export type CachedSourceOptions<F> = {
  /** Asked for what the cache does not know, with the stale answer, if any, as `previous`. */
  readonly inner: FactSource<F>;
  readonly store: FactStore;
  readonly kind: FactKind;
  readonly codec: FactCodec<F>;
  readonly ttl: Ttl;
  /** Nobody is asked: what the cache does not know is unavailable. */
  readonly offline: boolean;
  /** URL of the service that answers, where it is not the registry of the query (download counts); else `null`. */
  readonly serviceUrl: string | null;
  /** Whether kept facts hold what the query needs; a query that they don't serve is asked of the inner source. */
  readonly serves: (facts: F, query: FactQuery<F>) => boolean;
};

type Session<F> = {
  readonly options: CachedSourceOptions<F>;
  readonly memory: MemoryLayer<F>;
  readonly grouping: Grouping<F>;
};

/**
 * Wraps a source with memory and a store. Fresh answers come from there, marked `from: 'cache'`; the rest is asked of
 * the inner source, and its answers are kept. An older `found` of at most `ttl.staleMs` stands in where the service
 * cannot be reached; a stale `absent` never does, and *unavailable* is never kept. Never rejects.
 */
export function createCachedSource<F>(options: CachedSourceOptions<F>): FactSource<F> {
  const memory = createMemoryLayer<F>();
  const grouping = createGrouping<F>(options.kind, options.serviceUrl);
  return { lookup: (queries, context) => lookup({ options, memory, grouping }, queries, context) };
}

type Answers<F> = Map<PackageName, FactAnswer<F>>;

async function lookup<F>(
  session: Session<F>,
  queries: readonly FactQuery<F>[],
  context: LookupContext,
): Promise<ReadonlyMap<PackageName, FactAnswer<F>>> {
  const answers: Answers<F> = new Map();
  const open: Open<F>[] = [];
  for (const [space, asked] of session.grouping(queries)) {
    for (const one of await answerFromCache(session, space, asked, { answers, context })) open.push(one);
  }
  for (const [{ query, space }, answer] of await askInner(session.options, open, context)) {
    answers.set(query.name, answer);
    if (!isAlwaysSo(answer)) noteUnrepeatable();
    if (answer.kind !== 'unavailable') session.memory.set(space, query.name, answer);
  }
  keep(session, open, answers, context);
  return answers;
}

/** Puts fresh answers into `answers` and gives back the queries that remain. */
async function answerFromCache<F>(
  { options, memory }: Session<F>,
  space: FactSpace,
  queries: readonly FactQuery<F>[],
  { answers, context }: { readonly answers: Answers<F>; readonly context: LookupContext },
): Promise<readonly Open<F>[]> {
  const known = await recall({ ...options, memory }, space, queries, context.nowMs);
  const open: Open<F>[] = [];
  for (const query of queries) {
    const answer = known.get(query.name) ?? null;
    if (answer !== null && isUsable(answer, query, options, context.nowMs)) {
      answers.set(query.name, answer);
      noteUntil(freshUntil(answer, options.ttl));
      context.onAnswer(query.name);
    } else {
      open.push({
        query,
        space,
        stale: answer?.kind === 'found' ? revalidable(answer, query, options) : null,
      });
    }
  }
  return open;
}

/** No service is responsible: that does not change from run to run. */
function isAlwaysSo(answer: FactAnswer<unknown>): boolean {
  return answer.kind === 'unavailable' && ['no-source', 'private-scope'].includes(answer.reason);
}

/** "Not modified" would leave facts that lack what is needed as they are: they are asked for anew. */
function revalidable<F>(stale: Found<F>, query: FactQuery<F>, { serves }: CachedSourceOptions<F>): Found<F> {
  return serves(stale.facts, query) ? stale : { ...stale, etag: null };
}

function keep<F>(
  { options }: Session<F>,
  open: readonly Open<F>[],
  answers: ReadonlyMap<PackageName, FactAnswer<F>>,
  { nowMs }: LookupContext,
): void {
  const changes = new Map<FactSpace, Map<PackageName, StoredFact>>();
  for (const { query, space, stale } of open) {
    const answer = answers.get(query.name);
    if (answer === undefined || answer.kind === 'unavailable' || answer === stale) continue;
    const fact = toStoredFact(answer, options.codec);
    const inSpace = changes.get(space) ?? new Map<PackageName, StoredFact>();
    if (isStorable(fact)) changes.set(space, inSpace.set(query.name, fact));
  }
  for (const [space, facts] of changes) options.store.save(space, facts, nowMs);
}
