import semver from 'semver';
import type { WayLevel, WayState } from './decide-ways.js';
import { isPluginCalled } from './find-in-plugin.js';
import type { PnpmFacts } from './read-pnpm.js';

type PnpmWay = {
  readonly way: string;
  /** A way into a project, and no other. */
  readonly inProject: boolean;
  /** What the hooks make of it, by docs/enforcement-pnpm.md; `null` = they are not asked. */
  readonly level: (pnpm: PnpmFacts) => WayLevel | null;
  readonly why: string;
};

const JUDGED = 'a hook of pnpm hands it to the guard before anything of it is unpacked';

const WAYS: readonly PnpmWay[] = [
  {
    way: 'pnpm install',
    inProject: true,
    level: (pnpm) => (pnpm.hasLockfile ? 'T0' : resolving(pnpm)),
    why: JUDGED,
  },
  { way: 'pnpm add X, pnpm update', inProject: true, level: resolving, why: JUDGED },
  { way: 'pnpm dlx X', inProject: false, level: () => null, why: 'calls no hook of a project' },
  { way: 'pnpm create X', inProject: false, level: () => null, why: 'calls no hook of a project' },
  { way: 'pnpm add -g X', inProject: false, level: () => null, why: 'calls no hook of a project' },
];

/** Every way of pnpm, and the best that the wiring really gives. @param shim what the shim gives, where it is first on the PATH */
export function pnpmWays(pnpm: PnpmFacts, shim: Omit<WayState, 'way'> | null): readonly WayState[] {
  const by = isPnpmWired(pnpm) ? 'pnpmfile' : isPluginCalled(pnpm) ? 'config dependency' : null;
  return WAYS.filter(({ inProject }) => !inProject || pnpm.isUsed).map(({ way, level, why }) => {
    if (shim !== null) return { way, ...shim, level: way.includes('update') ? updating(pnpm) : shim.level };
    const reached = level(pnpm);
    if (reached === null) return { way, guarded: false, by: null, level: 'not stopped', why };
    if (by === null) return { way, guarded: false, by: null, level: 'not stopped', why: 'nothing judges it' };
    return { way, guarded: true, by, level: reached, why };
  });
}

/** Whether pnpm calls the hooks of this version, and they find a guard. */
export function isPnpmWired({ stub, hooks, finder, detours, problem }: PnpmFacts): boolean {
  if (stub !== 'ours' || hooks !== 'ours' || finder.file !== 'ours' || finder.guard === null) return false;
  return detours.length === 0 && problem === null;
}

/** What is resolved anew: pnpm 12 asks before it fetches, 11 while it does, 10 and before at times after it. */
function resolving({ version }: PnpmFacts): WayLevel {
  const major = version === null ? 0 : semver.major(version);
  if (major >= 12) return 'T0';
  return major === 11 ? 'T1' : 'T2';
}

/** pnpm 11 fetches what an update changes while it resolves, before anything can be judged. */
function updating({ version }: PnpmFacts): WayLevel {
  return version !== null && semver.major(version) === 11 ? 'T2' : 'T0';
}
