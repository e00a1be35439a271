import { expectQuiet, verdictsOf } from '../compare.js';
import type { Count, FaultKind } from '../fault.js';
import { check, clearCache, openWorld, temporariesOf, type World } from '../world.js';

const SECONDS = { quick: 4, whole: 60 };
const PROCESSES = 8;
const PACKAGES = 60;

/** Eight at a time, each followed by the next. One of the eight clears the cache under the others each third time. */
export const sharedCache: FaultKind = {
  name: 'shared-cache',
  fault: '8 processes at a time on one cache, one of which clears it now and then',
  run: async (size, count) => {
    const world = await openWorld({ packages: PACKAGES });
    try {
      const quiet = verdictsOf((await check(world, { words: ['--no-cache'] })).report as never);
      const endMs = performance.now() + 1000 * SECONDS[size];
      const loops = Array.from({ length: PROCESSES }, (_, index) => loop(world, index, endMs, quiet, count));
      await Promise.all(loops);
      expectQuiet(count, quiet, (await check(world)).report);
      count.look('leftovers', temporariesOf(world).length === 0, temporariesOf(world).join(', '));
    } finally {
      await world.close();
    }
  },
};

async function loop(
  world: World,
  index: number,
  endMs: number,
  quiet: ReturnType<typeof verdictsOf>,
  count: Count,
): Promise<void> {
  for (let round = 0; performance.now() < endMs; round++) {
    const { report, status, isGone } = await check(world);
    count.injected++;
    count.look('orphans', isGone, 'processes of a check are left');
    const verdicts = report === null ? null : verdictsOf(report);
    for (const name of world.names) {
      count.look('judged', verdicts?.has(name) === true, `${name} is not in the report`);
      count.look('verdicts', verdicts?.get(name) === quiet.get(name), `${name} is ${verdicts?.get(name)}`);
    }
    count.look('next', status === 1, `check ended with ${status}`);
    if (index === 0 && round % 3 === 2) await clearCache(world);
  }
}
