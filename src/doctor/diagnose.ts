import { decideWays, type WayState } from './decide-ways.js';
import type { Facts } from './facts.js';
import { findInGate } from './find-in-gate.js';
import { findInHooks } from './find-in-hooks.js';
import { findInNpm } from './find-in-npm.js';
import { findInProject } from './find-in-project.js';
import { findInShims } from './find-in-shims.js';
import { type Finding, INIT } from './finding.js';

export type Diagnosis = {
  /** Of the main way in. */
  readonly status: 'guarded' | 'not-guarded';
  /** The command that brings most packages here: `npm ci` where there is a lockfile in CI, else `npm install`. */
  readonly mainWay: string;
  /** Files that call the guard by its name. */
  readonly calledIn: readonly string[];
  readonly ways: readonly WayState[];
  readonly findings: readonly Finding[];
  /** What no wiring of this project or user stops. */
  readonly unstoppable: readonly string[];
};

/** What is guarded here, by what, and what makes it inert. */
export function diagnose(facts: Facts): Diagnosis {
  const ways = decideWays(facts);
  const mainWay = mainWayOf(facts);
  const judging = facts.calls.filter(({ judges }) => judges).map(({ file }) => file);
  const isGuarded = judging.length > 0 || ways.some(({ way, guarded }) => way === mainWay && guarded);
  const findings = [
    ...findInNpm(facts),
    ...findInShims(facts),
    ...findInGate(facts),
    ...findInHooks(facts),
    ...findInProject(facts),
    ...(facts.isCi && !isGuarded ? [unguardedCi(mainWay)] : []),
  ];
  const calledIn = facts.calls.map(({ file }) => file);
  const status = isGuarded ? 'guarded' : 'not-guarded';
  return { status, mainWay, calledIn, ways, findings, unstoppable: UNSTOPPABLE };
}

function mainWayOf({ isCi, hasProject, lockfile, pnpm }: Facts): string {
  if (pnpm.isUsed) return 'pnpm install';
  if (!hasProject) return 'npm install X';
  return isCi && lockfile.file !== null ? 'npm ci' : 'npm install';
}

function unguardedCi(mainWay: string): Finding {
  const message = `"${mainWay}" is guarded by nothing that works here, and no CI file calls phantom-guard-install`;
  const fix = mainWay === 'pnpm install' ? INIT : `phantom-guard-install ${mainWay}, or ${INIT}`;
  return { code: 'CI_UNGUARDED', message, fix };
}

/** As in docs/enforcement.md. */
const UNSTOPPABLE = [
  'npm install -g: reads the configuration of the user and no file of a project',
  'npx X and npm create X: call no hook of a project',
  'npm install --ignore-scripts, then npm rebuild, on npm 10 and 11',
  'pnpm 12: dlx and -g; pnpm 9 and 10: -g; pnpm with --ignore-pnpmfile',
  'another npm than the one that is wired, called by its path',
] as const;
