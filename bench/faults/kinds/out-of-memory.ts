import { named, openPool, queries, soundNames } from '../../../test/integration/pool/support.js';
import { lookupContext } from '../../../test/support/fake-settings.js';
import type { FaultKind } from '../fault.js';

const TIMES = { quick: 1, whole: 10 };
const SOUND = 60;

/** Once over a package, which is then asked about again; and each time over it. */
export const outOfMemory: FaultKind = {
  name: 'out-of-memory',
  fault: 'a worker thread runs out of memory over a package',
  run: async (size, count) => {
    for (let index = 0; index < TIMES[size]; index++) {
      const [once, always] = [`zq-${index}-memory-once`, `zq-${index}-memory`];
      const names = [...soundNames(SOUND), once, always];
      const pool = openPool({ limits: { heapMb: 48 } });
      const context = lookupContext();
      const answers = await pool.source.lookup(queries(names), context);
      await pool.close();
      count.injected += pool.askedThere().filter((name) => name.includes('memory')).length - 1;
      for (const name of names) {
        const kind = answers.get(named(name))?.kind;
        count.look('judged', kind !== undefined, `${name} has no answer`);
        const expected = name === always ? 'unavailable' : 'absent';
        count.look('verdicts', kind === expected, `${name} is ${kind}`);
      }
    }
  },
};
