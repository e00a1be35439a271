import { setTimeout as sleep } from 'node:timers/promises';
import type { FactCodec } from '../cache/fact-codec.js';
import type { FactSpace } from '../cache/fact-space.js';
import type { Ttl } from '../cache/freshness.js';
import type { Grouping } from '../cache/group-by-space.js';
import { isUsable } from '../cache/is-usable.js';
import type { Cached } from '../cache/memory-layer.js';
import { fromStoredFact, isStorable, type StoredFact, toStoredFact } from '../cache/stored-fact.js';
import type { EpochMs, FactAnswer, FactQuery, FactSource, LookupContext } from '../model/facts.js';
import type { PackageName } from '../model/package-name.js';
import { CLAIM_MS, type SharedFacts } from './shared-facts.js';

export type SingleFlightOptions<F> = {
  readonly inner: FactSource<F>;
  readonly shared: SharedFacts;
  readonly codec: FactCodec<F>;
  readonly ttl: Ttl;
  readonly grouping: Grouping<F>;
  readonly serves: (facts: F, query: FactQuery<F>) => boolean;
};

type Answers<F> = Map<PackageName, FactAnswer<F>>;
type Group<F> = { readonly space: FactSpace; readonly queries: readonly FactQuery<F>[] };

/** Pauses while another process asks: short at first, since most answers are there soon. */
const PAUSES_MS = [20, 40, 80, 160, 320];

/**
 * Asks the inner source what no other process is asking at this moment, and shares the answers; of the others' names it waits for
 * their answers, and asks itself where none comes. Never rejects.
 */
export function createSingleFlight<F>(options: SingleFlightOptions<F>): FactSource<F> {
  return {
    lookup: async (queries, context) => {
      const answers: Answers<F> = new Map();
      const groups = [...options.grouping(queries)];
      await Promise.all(
        groups.map(([space, asked]) => lookUpGroup(options, { space, queries: asked }, context, answers)),
      );
      return answers;
    },
  };
}

async function lookUpGroup<F>(
  options: SingleFlightOptions<F>,
  { space, queries }: Group<F>,
  context: LookupContext,
  answers: Answers<F>,
): Promise<void> {
  let open = queries;
  let waitedMs = 0;
  for (let round = 0; open.length > 0; round += 1) {
    const isOver = waitedMs >= CLAIM_MS || context.signal.aborted;
    const nowMs = context.nowMs + waitedMs;
    const { ours, known } = await claimAndLoad(options, { space, queries: open }, nowMs);
    for (const [query, answer] of known) {
      answers.set(query.name, answer);
      context.onAnswer(query.name);
    }
    const left = open.filter((query) => !known.has(query));
    const mine = left.filter(({ name }) => isOver || ours.has(name));
    await askAndShare(options, { space, queries: mine }, context, answers);
    open = left.filter((query) => !mine.includes(query));
    if (open.length === 0) return;
    const pauseMs = PAUSES_MS[Math.min(round, PAUSES_MS.length - 1)] as number;
    await sleep(pauseMs);
    waitedMs += pauseMs;
  }
}

/**
 * Which names are this process's to ask about, and what others have answered. The claim goes out before the read, so that who
 * claims a name sees the answer of whoever had claimed it before.
 */
async function claimAndLoad<F>(
  { shared, codec, ttl, serves }: SingleFlightOptions<F>,
  { space, queries }: Group<F>,
  nowMs: EpochMs,
): Promise<{
  readonly ours: ReadonlySet<PackageName>;
  readonly known: ReadonlyMap<FactQuery<F>, Cached<F>>;
}> {
  const names = queries.map(({ name }) => name);
  const [ours, facts] = await Promise.all([
    shared.claim(space, names),
    shared.load(space, names, { nowMs, accepts: () => true }),
  ]);
  const known = new Map<FactQuery<F>, Cached<F>>();
  for (const query of queries) {
    const fact = facts.get(query.name);
    const answer = fact === undefined ? null : fromStoredFact(fact, codec);
    if (answer !== null && isUsable(answer, query, { ttl, serves }, nowMs)) known.set(query, answer);
  }
  const unneeded = [...known.keys()].map(({ name }) => name).filter((name) => ours.has(name));
  if (unneeded.length > 0) shared.share(space, new Map(), unneeded, nowMs);
  return { ours, known };
}

async function askAndShare<F>(
  { inner, shared, codec }: SingleFlightOptions<F>,
  { space, queries }: Group<F>,
  context: LookupContext,
  answers: Answers<F>,
): Promise<void> {
  if (queries.length === 0) return;
  const facts = new Map<PackageName, StoredFact>();
  for (const [name, answer] of await inner.lookup(queries, context)) {
    answers.set(name, answer);
    const fact = answer.kind === 'unavailable' ? null : toStoredFact(answer, codec);
    if (fact !== null && isStorable(fact)) facts.set(name, fact);
  }
  const names = queries.map(({ name }) => name);
  shared.share(space, facts, names, context.nowMs);
}
