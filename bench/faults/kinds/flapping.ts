import type { FaultPlan } from '../../../test/support/fake-faults.js';
import { compareReports, expectQuiet, verdictsOf } from '../compare.js';
import type { FaultKind } from '../fault.js';
import { random } from '../random.js';
import { check, openWorld, type World } from '../world.js';

const PACKAGES = { quick: 100, whole: 1000 };
/** Of a hundred answers. */
const ERRORS = 30;
const HANGS = 10;
/** So often at most a name is asked for. */
const MOST_REQUESTS = 12;
const TIMEOUT_MS = 1500;

const KINDS: readonly FaultPlan[] = [
  { kind: 'status', status: 500 },
  { kind: 'status', status: 503 },
  { kind: 'status', status: 403 },
  { kind: 'rate-limit', retryAfter: null },
  { kind: 'reset' },
  { kind: 'truncated' },
  { kind: 'html' },
  { kind: 'raw', body: '{"error":"not today"}' },
];

/** Each answer goes wrong by itself: a name that is asked for again may be answered then. */
export const flapping: FaultKind = {
  name: 'flapping',
  fault:
    'a registry of which 30% of the answers are errors and 10% never come, under a check of 1,000 packages',
  run: async (size, count) => {
    const packages = PACKAGES[size];
    const names = Array.from({ length: packages }, (_, index) => `zq-fault-${index}`);
    const plans = Object.fromEntries(names.map((name) => [name, plansOf()]));
    const quietWorld = await openWorld({ packages });
    const world = await openWorld({ packages, faults: plans });
    try {
      const quiet = verdictsOf((await check(quietWorld)).report as never);
      const noisy = await check(world, { fetchTimeoutMs: TIMEOUT_MS });
      compareReports(count, world, quiet, noisy.report);
      count.injected += struck(world, plans);
      // The same cache, and a registry that has come to rest.
      expectQuiet(count, quiet, (await check(world, { registry: quietWorld.registry.url })).report);
      count.look('orphans', noisy.isGone, 'processes of the check are left');
    } finally {
      await Promise.all([quietWorld.close(), world.close()]);
    }
  },
};

function plansOf(): readonly FaultPlan[] {
  const plans: FaultPlan[] = [];
  while (plans.length < MOST_REQUESTS) {
    const drawn = random.below(100);
    if (drawn >= ERRORS + HANGS) break;
    plans.push(drawn < HANGS ? { kind: 'hang' } : { ...(random.pick(KINDS) as FaultPlan) });
  }
  return plans;
}

/** Requests that met a fault. */
function struck({ registry }: World, plans: Readonly<Record<string, readonly FaultPlan[]>>): number {
  const asked = new Map<string, number>();
  for (const name of registry.names()) asked.set(name, (asked.get(name) ?? 0) + 1);
  return [...asked].reduce((sum, [name, times]) => sum + Math.min(times, plans[name]?.length ?? 0), 0);
}
