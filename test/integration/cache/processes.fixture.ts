import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { createDiskStore } from '../../../src/cache/disk-store.js';
import { TEST_KEY } from '../../support/cache-keys.js';
import {
  cached,
  contextAt,
  factsOf,
  NOW_MS,
  nameOf,
  queriesFor,
  recorder,
} from '../../unit/cache/support.js';

export type Job = {
  readonly dir: string;
  readonly prefix: string;
  readonly rounds: number;
  readonly names: number;
};
export type Outcome = { readonly wrong: string[]; readonly problems: unknown };

/** Looks names up in several rounds, some shared with every other process, and checks every answer. */
async function run({ dir, prefix, rounds, names }: Job): Promise<Outcome> {
  const wrong: string[] = [];
  const problems: unknown[] = [];
  for (let round = 0; round < rounds; round++) {
    const store = createDiskStore(dir, TEST_KEY);
    const own = Array.from({ length: names }, (_, index) => `${prefix}-${round}-${index}`);
    const shared = Array.from({ length: names }, (_, index) => `shared-${index}`);
    const answers = await cached(recorder(), store).lookup(
      queriesFor([...own, ...shared]),
      contextAt(NOW_MS),
    );
    for (const name of [...own, ...shared]) {
      const answer = answers.get(nameOf(name));
      const isRight =
        answer?.kind === 'found' && JSON.stringify(answer.facts) === JSON.stringify(factsOf(name));
      if (!isRight) wrong.push(name);
    }
    await store.flush();
    problems.push(...store.problems());
  }
  return { wrong, problems };
}

const job: Job = isMainThread ? JSON.parse(process.argv[2] ?? '') : workerData;
const outcome = await run(job);
if (isMainThread) process.stdout.write(JSON.stringify(outcome));
else parentPort?.postMessage(outcome);
