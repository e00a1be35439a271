import path from 'node:path';
import { checkOf, forgetVerdicts, prepareCheck } from '../perf/check.js';
import { BARE, type Child, interleave, peakOf, ratios } from '../perf/child.js';
import { copyProject, findLockfiles, NO_LOCKFILES } from '../perf/lockfiles.js';
import { inScratch } from '../perf/scratch.js';
import type { Samples, Stage } from '../perf/stage.js';

/** Runs whose memory is measured: it varies far less than time. */
const PEAKS = 3;

type Manager = { readonly anew: Child; readonly cacheDir: string };

/** `check` of the largest real lockfiles as a whole process over `node -e 0`; facts are in the bundled names and the cache. */
export const wholeCheck: Stage = {
  id: 'PERF007',
  measures: {
    bare: { what: 'node -e 0', unit: 'ms', isFloor: true },
    npm: { what: 'check of package-lock.json, judged anew', unit: '×' },
    npmAgain: { what: 'check of package-lock.json, judged before', unit: '×' },
    pnpm: { what: 'check of pnpm-lock.yaml, judged anew', unit: '×' },
    pnpmAgain: { what: 'check of pnpm-lock.yaml, judged before', unit: '×' },
    bareResident: { what: 'node -e 0, most memory', unit: 'MB', isFloor: true },
    npmResident: { what: 'check of package-lock.json, most memory', unit: 'MB' },
    pnpmResident: { what: 'check of pnpm-lock.yaml, most memory', unit: 'MB' },
  },
  run: async ({ isBrief }) => {
    if (findLockfiles() === null) return { skipped: NO_LOCKFILES };
    return await inScratch((scratch) => {
      const pnpm = prepare('pnpm-lock.yaml', scratch);
      if (isBrief) {
        const times = interleave(7, { bare: BARE, pnpm: pnpm.anew }, () => forgetVerdicts(pnpm.cacheDir));
        return Promise.resolve<Samples>({ bare: times.bare, pnpm: ratios(times.pnpm, times.bare) });
      }
      return Promise.resolve(measure(prepare('package-lock.json', scratch), pnpm, scratch));
    });
  },
};

function prepare(lockfile: 'package-lock.json' | 'pnpm-lock.yaml', scratch: string): Manager {
  const cacheDir = path.join(scratch, `cache-${lockfile}`);
  const anew = checkOf(copyProject('xl', lockfile, path.join(scratch, lockfile)), cacheDir);
  prepareCheck(anew, cacheDir);
  return { anew, cacheDir };
}

function measure(npm: Manager, pnpm: Manager, scratch: string): Samples {
  // What runs `Again` is what ran just before it.
  const children = {
    bare: BARE,
    npm: npm.anew,
    npmAgain: npm.anew,
    pnpm: pnpm.anew,
    pnpmAgain: pnpm.anew,
  };
  const times = interleave(21, children, (name) => {
    if (name === 'npm' || name === 'pnpm') forgetVerdicts({ npm, pnpm }[name].cacheDir);
  });
  const peaks = (child: Child, forget: () => void): number[] =>
    Array.from({ length: PEAKS }, () => {
      forget();
      return peakOf(child, scratch);
    });
  return {
    bare: times.bare,
    npm: ratios(times.npm, times.bare),
    npmAgain: ratios(times.npmAgain, times.bare),
    pnpm: ratios(times.pnpm, times.bare),
    pnpmAgain: ratios(times.pnpmAgain, times.bare),
    bareResident: peaks(BARE, () => undefined),
    npmResident: peaks(npm.anew, () => forgetVerdicts(npm.cacheDir)),
    pnpmResident: peaks(pnpm.anew, () => forgetVerdicts(pnpm.cacheDir)),
  };
}
