import path from 'node:path';
import { checkOf, forgetVerdicts, prepareCheck } from '../perf/check.js';
import { type Child, interleave, peakOf } from '../perf/child.js';
import { writeHugeProject } from '../perf/huge-lockfile.js';
import { copyProject, findLockfiles, NO_LOCKFILES, type Size } from '../perf/lockfiles.js';
import { inScratch } from '../perf/scratch.js';
import type { Samples, Stage } from '../perf/stage.js';

const HUGE = 50_000;
const SIZES: readonly Size[] = ['small', 'medium', 'monorepo', 'xl'];
/** The small project takes no time that could be told from the noise of the fixed start. */
const FITTED: readonly Size[] = ['medium', 'monorepo', 'xl'];

type Name = 'one' | Size | 'huge';

/** How the time of a whole `check` grows with its lockfile, everything known, judged anew. */
export const growth: Stage = {
  id: 'PERF008',
  measures: {
    one: { what: 'check of 1 package: the fixed start', unit: 'ms' },
    small: { what: 'check of the small project, 71 packages', unit: 'ms' },
    medium: { what: 'check of the medium project, 349 packages', unit: 'ms' },
    monorepo: { what: 'check of the monorepo, 615 packages', unit: 'ms' },
    xl: { what: 'check of the xl project, 2,440 packages', unit: 'ms' },
    huge: { what: 'check of a generated project, 50,000 packages', unit: 'ms' },
    growth: {
      what: 'growth beyond the fixed start from medium to xl; 1 = linear',
      unit: 'exponent',
      isDifference: true,
    },
    hugeGrowth: {
      what: 'growth beyond the fixed start from xl to 50,000 packages',
      unit: 'exponent',
      isDifference: true,
    },
    hugeResident: { what: 'check of 50,000 packages, most memory', unit: 'MB' },
  },
  run: async ({ isBrief }) => {
    if (isBrief) return { skipped: 'has goals only' };
    if (findLockfiles() === null) return { skipped: NO_LOCKFILES };
    return await inScratch((scratch) => Promise.resolve(measure(scratch)));
  },
};

function measure(scratch: string): Samples {
  const cacheDir = path.join(scratch, 'cache');
  const at = (name: string): string => path.join(scratch, name);
  const lockfiles: readonly (readonly [Name, string])[] = [
    ['one', writeHugeProject(at('one'), 1)],
    ...SIZES.map((size) => [size, copyProject(size, 'package-lock.json', at(size))] as const),
    ['huge', writeHugeProject(at('huge'), HUGE)],
  ];
  const checks = Object.fromEntries(
    lockfiles.map(([name, lockfile]) => [name, checkOf(lockfile, cacheDir)]),
  ) as Record<Name, Child>;
  const counts = Object.fromEntries(
    lockfiles.map(([name]) => [name, prepareCheck(checks[name], cacheDir)]),
  ) as Record<Name, number>;
  if (counts.one !== 1 || counts.huge !== HUGE) throw new Error(JSON.stringify(counts));
  const forget = () => forgetVerdicts(cacheDir);
  const times = interleave(9, checks, forget);
  forget();
  const exponent = (names: readonly Name[]) =>
    times.one.map((start, round) =>
      slopeOf(
        names.map((name) => [
          Math.log(counts[name]),
          Math.log(Math.max(1, (times[name][round] ?? 0) - start)),
        ]),
      ),
    );
  return {
    ...times,
    growth: exponent(FITTED),
    hugeGrowth: exponent(['xl', 'huge']),
    hugeResident: [peakOf(checks.huge, scratch)],
  };
}

/** Of the straight line through the points (least squares). */
function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (pick: 0 | 1) => points.reduce((sum, point) => sum + point[pick], 0) / points.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const covariance = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return covariance / points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}
