import { compareReports, expectQuiet, verdictsOf } from '../compare.js';
import { expectGone } from '../expect-gone.js';
import type { FaultKind } from '../fault.js';
import { openGate } from '../gate.js';
import { random } from '../random.js';
import { untilAsked } from '../until-asked.js';
import { check, openWorld, startCheck } from '../world.js';

const TIMES = { quick: 2, whole: 20 };
const PACKAGES = 120;

/** The network goes when a random number of packages was asked for, and comes back for the next run. */
export const offline: FaultKind = {
  name: 'offline',
  fault: 'the network goes in the middle of a check',
  run: async (size, count) => {
    const world = await openWorld({ packages: PACKAGES });
    const gate = await openGate(world.registry.port);
    try {
      const at = { registry: gate.url };
      const quiet = verdictsOf((await check(world, { ...at, words: ['--no-cache'] })).report as never);
      for (let index = 0; index < TIMES[size]; index++) {
        const cacheDir = `${world.cacheDir}-${index}`;
        const started = startCheck(world, { ...at, cacheDir, words: ['--timeout-ms', '2000'] });
        await untilAsked(world.registry, random.below(PACKAGES), started.ended);
        await gate.cut();
        const { stdout, status } = await started.ended;
        await expectGone(count, started);
        count.injected++;
        compareReports(count, world, quiet, stdout === '' ? null : JSON.parse(stdout));
        count.look('verdicts', status === 1 || status === 2, `check ended with ${status}`);
        await gate.mend();
        expectQuiet(count, quiet, (await check(world, { ...at, cacheDir })).report);
      }
    } finally {
      await gate.close();
      await world.close();
    }
  },
};
