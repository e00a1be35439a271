import type { Facts } from './facts.js';
import { settingOf } from './npm-setting.js';
import { pnpmWays } from './pnpm-ways.js';
import type { GateState } from './read-gate.js';
import type { ShimState } from './read-shims.js';

/** As in docs/enforcement.md; `after the fact` = judged when the code has run already. */
export type WayLevel = 'T0' | 'T1' | 'T2' | 'landed' | 'after the fact' | 'not stopped';
export type WayGuard = 'wrapper' | 'shim' | 'script gate' | 'preinstall' | 'pnpmfile' | 'config dependency';

export type WayState = {
  /** As a person would type it; X is a package. */
  readonly way: string;
  readonly guarded: boolean;
  readonly by: WayGuard | null;
  readonly level: WayLevel;
  readonly why: string;
};

type Claim = Omit<WayState, 'way'>;

const SHIM: Claim = {
  guarded: true,
  by: 'shim',
  level: 'T0',
  why: 'the first one on the PATH leads to the guard',
};
const GATE: Claim = {
  guarded: true,
  by: 'script gate',
  level: 'T2',
  why: 'judged before the first script; not where nothing that is installed has one',
};
const OPEN: Claim = { guarded: false, by: null, level: 'not stopped', why: 'nothing judges it' };

/** Every way to install that there is here, and the best that its wiring really gives. */
export function decideWays(facts: Facts): readonly WayState[] {
  const { npm, pnpm } = facts;
  const ofNpm = npm === null ? [] : npmWays(facts);
  return [
    ...ofNpm,
    ...(pnpm.path === null && !pnpm.isUsed ? [] : pnpmWays(pnpm, shimClaim(facts, facts.shims.pnpm))),
  ];
}

function npmWays(facts: Facts): readonly WayState[] {
  const [npm, npx] = [shimClaim(facts, facts.shims.npm), shimClaim(facts, facts.shims.npx)];
  const gate = gateClaim(facts, facts.gate);
  const elsewhere = gateClaim(facts, facts.gateElsewhere);
  const hook = preinstallClaim(facts);
  const way = (name: string, ...claims: readonly (Claim | null)[]): WayState => ({
    way: name,
    ...(claims.find((claim) => claim !== null) ?? OPEN),
  });
  const project = facts.hasProject
    ? [
        way('npm install', npm, best(gate, hook)),
        way('npm ci', npm, best(gate, hook)),
        way(
          'npm rebuild',
          gate && { ...GATE, level: 'landed', why: 'what --ignore-scripts left does not run' },
        ),
      ]
    : [];
  return [
    ...project,
    way('npm install X', npm, gate),
    way('npm install -g X', npm && { ...SHIM, why: 'judged; then npm resolves a second time' }, elsewhere),
    way('npx X, npm exec X', npx && npm, gate && COMMAND_ONLY),
    way('npm create X', npm, gate && COMMAND_ONLY),
    way('phantom-guard-install npm …', { guarded: true, by: 'wrapper', level: 'T0', why: 'it is the guard' }),
  ];
}

const COMMAND_ONLY: Claim = {
  ...OPEN,
  why: 'the script gate stops the command, and not the install scripts of what is fetched for it',
};

/** T0 of the hook is more than T2 of the gate, and that is more than "after the fact". */
function best(gate: Claim | null, hook: Claim | null): Claim | null {
  return hook?.level === 'T0' ? hook : (gate ?? hook);
}

function shimClaim({ shims, platform }: Facts, { first }: ShimState): Claim | null {
  return first?.isShim === true && shims.hasGuard && platform !== 'win32' ? SHIM : null;
}

function gateClaim(facts: Facts, { isEffective, isRunnable, hasGuard }: GateState): Claim | null {
  const { platform, npm } = facts;
  if (!isEffective || !isRunnable || !hasGuard || platform === 'win32' || ignoresScripts(facts)) return null;
  return npm?.major === 10 || npm?.major === 11 ? GATE : null;
}

function preinstallClaim(facts: Facts): Claim | null {
  const { hooks, npm, lockfile } = facts;
  if (!hooks.isCalled || hooks.file === 'missing' || hooks.guard === null || ignoresScripts(facts))
    return null;
  if (hooks.file === 'modified') return null;
  const base = { by: 'preinstall' } as const;
  if ((npm?.major ?? 0) < 12)
    return {
      ...base,
      guarded: false,
      level: 'after the fact',
      why: `npm ${npm?.version ?? ''} runs it last`,
    };
  if (lockfile.file === null)
    return {
      ...base,
      guarded: false,
      level: 'not stopped',
      why: 'without lockfile the hook knows direct names only',
    };
  return { ...base, guarded: true, level: 'T0', why: 'judged before npm fetches anything' };
}

export function ignoresScripts({ layers }: Pick<Facts, 'layers'>): boolean {
  return settingOf(layers, 'ignore-scripts')?.value === true;
}
