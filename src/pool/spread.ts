import type { FactAnswer, FactQuery, LookupContext, PackageFacts } from '../model/facts.js';
import type { PackageName } from '../model/package-name.js';
import { unavailable } from '../registry/failure.js';
import type { ThreadPlan } from './plan-threads.js';
import type { BatchOutcome } from './run-batch.js';
import type { Threads } from './threads.js';

type Query = FactQuery<PackageFacts>;

/** What came of asking several threads. */
export type Spread = {
  readonly answers: ReadonlyMap<PackageName, FactAnswer<PackageFacts>>;
  /** What no thread has begun with, or what the end of the run left: the calling thread may ask. */
  readonly left: readonly Query[];
};

/** After so many deaths in one lookup the threads are not asked any further: no accident of single documents. */
const MOST_DEATHS = 8;
/** Names of a batch for each request that its task may have under way. */
const NAMES_PER_REQUEST = 2;

/**
 * Asks in threads, batch by batch. What a dying thread leaves is asked once more, one by one, so that each name suffers
 * for its own document only; a name over which a thread dies again is unavailable, and never asked in the calling
 * thread, which would die of it too. Never rejects.
 */
export async function spread(
  queries: readonly Query[],
  threads: Threads,
  { threads: count, tasksPerThread, perTask }: ThreadPlan,
  context: LookupContext,
): Promise<Spread> {
  const answers = new Map<PackageName, FactAnswer<PackageFacts>>();
  const queue = [...queries];
  const suspects: Query[] = [];
  let deaths = 0;
  let isStopped = false;
  let why = '';
  const ask = async (batch: readonly Query[]): Promise<BatchOutcome['ending']> => {
    const outcome = await threads.lookUp(batch, context);
    for (const [name, answer] of outcome.answers) answers.set(name, answer);
    if (outcome.ending !== 'done') deaths++;
    if (outcome.ending === 'died') why = outcome.why;
    isStopped ||= outcome.ending === 'no-thread' || deaths >= MOST_DEATHS || context.signal.aborted;
    return outcome.ending;
  };
  const lanes = count * tasksPerThread;
  const size = Math.min(Math.ceil(queries.length / lanes), perTask * NAMES_PER_REQUEST);
  const work = async (): Promise<void> => {
    while (!isStopped && queue.length > 0) {
      const batch = queue.splice(0, size);
      const ending = await ask(batch);
      const isUntouched = ending === 'no-thread' || ending === 'passed-over';
      const list = isUntouched ? queue : suspects;
      for (const query of batch) if (!answers.has(query.name)) list.push(query);
    }
  };
  await Promise.all(Array.from({ length: lanes }, work));
  for (const query of suspects) {
    if (!isStopped) await ask([query]);
    if (answers.has(query.name)) continue;
    if (context.signal.aborted) queue.push(query);
    else {
      answers.set(query.name, unavailable('too-large', `the worker thread that asked about it ${why}`));
      context.onAnswer(query.name);
    }
  }
  return { answers, left: queue };
}
