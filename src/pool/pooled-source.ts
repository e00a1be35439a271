import type { FactQuery, FactSource, LookupContext, PackageFacts } from '../model/facts.js';
import { planThreads, type ThreadPlan } from './plan-threads.js';
import { spread } from './spread.js';
import type { Threads } from './threads.js';

export type PooledSourceOptions = {
  /** Asks in the calling thread. */
  readonly inLine: FactSource<PackageFacts>;
  /** Threads; `null` = one for each core, four at most, and none for fewer names than `THREADS_PAY_FROM`. */
  readonly workers: number | null;
  /** Requests at a time, all threads together. */
  readonly concurrency: number;
  /** Loads what runs threads. May reject: then the calling thread asks. */
  readonly open: (plan: ThreadPlan) => Promise<Threads>;
};

export type PooledSource = FactSource<PackageFacts> & {
  /** `null` = none are running. */
  readonly threads: () => Threads | null;
};

/** Names to be asked about from which on threads are sooner done: `npm run bench -- --filter POOL001`, docs/performance.md. */
export const THREADS_PAY_FROM = 1_024;

/** A source that asks in the calling thread, or in several threads where that is sooner. Never rejects. */
export function createPooledSource({
  inLine,
  workers,
  concurrency,
  open,
}: PooledSourceOptions): PooledSource {
  if (workers === 0) return { lookup: inLine.lookup, threads: () => null };
  const plan = planThreads(workers, concurrency);
  const least = workers === null ? leastByDefault(plan) : 1;
  let opening: Promise<Threads | null> | null = null;
  let threads: Threads | null = null;
  const start = async (): Promise<Threads | null> => {
    threads = await open(plan).catch(() => null);
    return threads;
  };
  return {
    lookup: async (queries, context) => {
      const unique = [...new Map(queries.map((query) => [query.name, query])).values()];
      if (unique.length < least) return await inLine.lookup(unique, context);
      opening ??= start();
      const running = await opening;
      if (running === null) return await inLine.lookup(unique, context);
      const { answers, left } = await spread(unique, running, plan, context);
      return new Map([...answers, ...(await lookupRest(inLine, left, context))]);
    },
    threads: () => threads,
  };
}

/** A single thread does nothing sooner than the calling one. */
function leastByDefault({ threads }: ThreadPlan): number {
  return threads > 1 ? THREADS_PAY_FROM : Number.POSITIVE_INFINITY;
}

async function lookupRest(
  inLine: FactSource<PackageFacts>,
  left: readonly FactQuery<PackageFacts>[],
  context: LookupContext,
): ReturnType<FactSource<PackageFacts>['lookup']> {
  return left.length === 0 ? new Map() : await inLine.lookup(left, context);
}
