import { LEVELS, type Level } from '../matrix/levels.js';
import type { GuardId } from './guards.js';

/** What the versions give at worst, in the words of `describeCell`; `–` where the guard is not offered. */
type Row = readonly string[];

/** The columns: versions as test/support/toolchain.json has them. */
export const VERSIONS: readonly string[] = ['9.15.9', '10.0.0', '10.34.9', '11.28.11', '12.0.0', '12.21.0'];

/** By guard and scenario. */
export const EXPECTED: Readonly<Record<GuardId, Readonly<Record<string, Row>>>> = {
  plain: {
    fresh: everywhere('ran'),
    lockfile: everywhere('ran'),
    frozen: everywhere('ran'),
    add: everywhere('ran'),
    update: everywhere('ran'),
    dlx: everywhere('ran'),
    'dlx-workspace': everywhere('ran'),
    repeat: [
      'T0, exit 0, control landed',
      'T0, exit 0, control landed',
      'T0, exit 0, project changed, control landed',
      'T0, exit 0, project changed, control landed',
      'T0, exit 0, project changed, control landed',
      'T0, exit 0, project changed, control landed',
    ],
    workspace: everywhere('ran'),
    filter: everywhere('ran'),
    'warm-store': everywhere('ran'),
    optional: everywhere('ran'),
    'optional-deep': everywhere('ran'),
    transitive: everywhere('ran'),
    peer: everywhere('ran'),
    alias: everywhere('ran'),
    prod: everywhere('ran'),
    'ignore-scripts': everywhere('landed, control landed'),
    'ignore-pnpmfile': everywhere('ran'),
    global: [
      'ran',
      'landed, control landed',
      'landed, control landed',
      'landed, control landed',
      'landed, control landed',
      'landed, control landed',
    ],
  },
  pnpmfile: {
    fresh: everywhere('T0'),
    lockfile: everywhere('T0'),
    frozen: everywhere('T0'),
    add: ['T2', 'T2', 'T2', 'T0', 'T0', 'T0'],
    update: ['T2', 'T2', 'T2', 'T1', 'T0', 'T0'],
    dlx: ['ran', 'ran', 'ran', 'T0', 'ran', 'ran'],
    'dlx-workspace': ['ran', 'ran', 'T2', 'T0', 'ran', 'ran'],
    repeat: everywhere('T0, control landed'),
    workspace: everywhere('T0'),
    filter: everywhere('T0'),
    'warm-store': everywhere('T0'),
    optional: everywhere('T0'),
    'optional-deep': ['T2', 'T2', 'T2', 'T1', 'T0', 'T0'],
    transitive: ['T2', 'T2', 'T2', 'T1', 'T0', 'T0'],
    peer: ['T2', 'T2', 'T2', 'T1', 'T0', 'T0'],
    alias: everywhere('T0'),
    prod: everywhere('T0'),
    'ignore-scripts': everywhere('T0, control landed'),
    'ignore-pnpmfile': everywhere('ran'),
    global: [
      'ran',
      'landed, control landed',
      'landed, control landed',
      'T0, control landed',
      'landed, control landed',
      'landed, control landed',
    ],
  },
  wrapper: {
    fresh: everywhere('T0'),
    lockfile: everywhere('T0'),
    frozen: everywhere('T0'),
    add: everywhere('T0'),
    // pnpm 11 fetches what an update changes, even where it only writes the lockfile.
    update: ['T0', 'T0', 'T0', 'T1', 'T0', 'T0'],
    dlx: everywhere('T0'),
    'dlx-workspace': everywhere('T0'),
    repeat: everywhere('T0, control landed'),
    workspace: everywhere('T0'),
    filter: everywhere('T0'),
    'warm-store': everywhere('T0'),
    optional: everywhere('T0'),
    'optional-deep': everywhere('T0'),
    transitive: everywhere('T0'),
    peer: everywhere('T0'),
    alias: everywhere('T0'),
    prod: everywhere('T0'),
    'ignore-scripts': everywhere('T0, control landed'),
    'ignore-pnpmfile': everywhere('T0'),
    global: [
      'T0',
      'T0, control landed',
      'T0, control landed',
      'T0, control landed',
      'T0, control landed',
      'T0, control landed',
    ],
  },
  configdep: {
    fresh: ['–', '–', 'T0', 'T0, project changed', 'T0, project changed', 'T0, project changed'],
    lockfile: ['–', '–', 'T0', 'T0', 'T0', 'T0'],
    frozen: ['–', '–', 'T0', 'T0', 'T0', 'T0'],
    add: ['–', '–', 'T2', 'T0', 'T0', 'T0'],
    update: ['–', '–', 'T2', 'T1', 'T0', 'T0'],
    dlx: ['–', '–', 'ran', 'ran', 'ran', 'ran'],
    'dlx-workspace': ['–', '–', 'ran', 'ran', 'ran', 'ran'],
    repeat: [
      '–',
      '–',
      'T0, control landed',
      'T0, control landed',
      'T0, control landed',
      'T0, control landed',
    ],
    workspace: ['–', '–', 'T0', 'T0, project changed', 'T0, project changed', 'T0, project changed'],
    filter: ['–', '–', 'T0', 'T0, project changed', 'T0, project changed', 'T0, project changed'],
    'warm-store': ['–', '–', 'T0', 'T0', 'T0', 'T0'],
    optional: ['–', '–', 'T0', 'T0, project changed', 'T0, project changed', 'T0, project changed'],
    'optional-deep': ['–', '–', 'T2', 'T1, project changed', 'T0, project changed', 'T0, project changed'],
    transitive: ['–', '–', 'T2', 'T1, project changed', 'T0, project changed', 'T0, project changed'],
    peer: ['–', '–', 'T2', 'T1, project changed', 'T0, project changed', 'T0, project changed'],
    alias: ['–', '–', 'T0', 'T0, project changed', 'T0, project changed', 'T0, project changed'],
    prod: ['–', '–', 'T0', 'T0', 'T0', 'T0'],
    'ignore-scripts': [
      '–',
      '–',
      'T0, control landed',
      'T0, control landed',
      'T0, control landed',
      'T0, control landed',
    ],
    'ignore-pnpmfile': ['–', '–', 'ran', 'ran', 'ran', 'ran'],
    global: [
      '–',
      '–',
      'landed, control landed',
      'landed, control landed',
      'landed, control landed',
      'landed, control landed',
    ],
  },
};

/** `null`: nothing is expected of this cell. */
export function expectedOf(guard: GuardId, scenario: string, version: string): string | null {
  return EXPECTED[guard][scenario]?.[VERSIONS.indexOf(version)] ?? null;
}

/**
 * pnpm 9 and 10 ask for tarballs while a hook is at work: where an install was stopped, it may have been stopped earlier
 * than expected.
 */
export function isAsExpected(text: string, expected: string): boolean {
  const [level, ...remarks] = text.split(', ');
  const [worst, ...others] = expected.split(', ');
  const rank = (one: string | undefined): number => LEVELS.indexOf(one as Level);
  const isEarlier = rank(worst) <= rank('T2') && rank(level) <= rank(worst);
  return remarks.join() === others.join() && (level === worst || isEarlier);
}

function everywhere(cell: string): Row {
  return VERSIONS.map(() => cell);
}
