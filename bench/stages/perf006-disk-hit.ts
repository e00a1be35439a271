import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { FactQuery, PackageFacts } from '../../src/model/facts.js';
import { openBenchWorld } from '../perf/bench-world.js';
import { benchPackage } from '../perf/documents.js';
import { contextOf, queryOf } from '../perf/lookup.js';
import { inScratch } from '../perf/scratch.js';
import type { Stage } from '../perf/stage.js';
import { startRegistry } from '../perf/start-registry.js';
import { timeOnce } from '../perf/time-each.js';

/** Names of a large tree that have to be looked up; from the table of issue 7. */
const NAMES = 2_000;
/** The first lookups load cacache and let V8 compile. */
const WARM_UP = 10;

/** Facts from the disk, by a source that has read nothing yet: of one name, and of all names of a tree. */
export const diskHit: Stage = {
  id: 'PERF006',
  measures: {
    single: { what: 'facts of one name from the disk', unit: 'ms' },
    tree: { what: 'facts of 2,000 names from the disk', unit: 'ms' },
  },
  run: async ({ isBrief }) =>
    await inScratch(async (scratch) => {
      const cacheDir = path.join(scratch, 'cache');
      const registry = await startRegistry(0);
      const world = openBenchWorld(registry.url, cacheDir);
      const queries = Array.from({ length: NAMES }, (_, index) =>
        queryOf(benchPackage(index, registry.url), world.registry),
      );
      const asked = await world.packages.lookup(queries, contextOf());
      await world.close();
      await registry.close();
      const [kept] = await read(registry.url, cacheDir, queries);
      const expected = [...asked].map(([name, answer]) => [name, { ...answer, from: 'cache' }] as const);
      if (!isDeepStrictEqual(new Map(kept), new Map<string, unknown>(expected)))
        throw new Error('the disk changes the facts');

      const time = async (rounds: number, asked: (call: number) => typeof queries): Promise<number[]> => {
        const times: number[] = [];
        for (let call = 0; call < WARM_UP + rounds; call++) {
          const [, elapsedMs] = await read(registry.url, cacheDir, asked(call));
          if (call >= WARM_UP) times.push(elapsedMs);
        }
        return times;
      };
      const single = await time(isBrief ? 300 : 500, (call) => queries.slice(call, call + 1));
      return isBrief ? { single } : { single, tree: await time(50, () => queries) };
    }),
};

/** Offline, so that a miss could not be made up for. */
async function read(
  url: string,
  cacheDir: string,
  queries: readonly FactQuery<PackageFacts>[],
): Promise<readonly [answers: ReadonlyMap<string, unknown>, elapsedMs: number]> {
  const world = openBenchWorld(url, cacheDir, true);
  let answers: Awaited<ReturnType<typeof world.packages.lookup>> = new Map();
  const elapsedMs = await timeOnce(async () => {
    answers = await world.packages.lookup(queries, contextOf());
  });
  for (const { name } of queries)
    if (answers.get(name)?.kind !== 'found') throw new Error(`${name} is not in the cache`);
  await world.close();
  return [answers, elapsedMs];
}
