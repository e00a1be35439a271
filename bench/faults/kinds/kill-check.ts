import { setTimeout as sleep } from 'node:timers/promises';
import { compareSnapshots, takeSnapshot } from '../../../test/matrix/snapshot.js';
import { expectQuiet, verdictsOf } from '../compare.js';
import { expectGone } from '../expect-gone.js';
import type { FaultKind } from '../fault.js';
import { momentIn } from '../random.js';
import { check, openWorld, startCheck, temporariesOf } from '../world.js';

const MOMENTS = { quick: 6, whole: 80 };
const PACKAGES = 150;

/** Half of the runs begin without a cache, and write one; the others go on with what a killed one has left. */
export const killCheck: FaultKind = {
  name: 'kill-check',
  fault: 'kill -9 at a random moment of `check`',
  run: async (size, count) => {
    const world = await openWorld({ packages: PACKAGES });
    try {
      const before = takeSnapshot(world.project);
      const startMs = performance.now();
      const quiet = verdictsOf((await check(world, { words: ['--no-cache'] })).report ?? raise('no report'));
      const durationMs = performance.now() - startMs;
      for (let index = 0; index < MOMENTS[size]; index++) {
        const cacheDir = `${world.cacheDir}-${index >> 1}`;
        const started = startCheck(world, { cacheDir });
        await sleep(momentIn(durationMs));
        if (started.child.exitCode === null) started.send('SIGKILL');
        await started.ended;
        await expectGone(count, started);
        count.injected++;
        const { manifests, lockfile, modules, rest } = compareSnapshots(before, takeSnapshot(world.project));
        count.look(
          'untouched',
          manifests && lockfile && modules && rest,
          `killed run ${index} changed the project`,
        );
        if (index % 2 === 0) continue;
        expectQuiet(count, quiet, (await check(world, { cacheDir })).report);
        count.look('leftovers', temporariesOf(world).length === 0, temporariesOf(world).join(', '));
      }
    } finally {
      await world.close();
    }
  },
};

function raise(message: string): never {
  throw new Error(message);
}
