import type { Detour } from '../wiring/pnpm-detours.js';
import type { Facts } from './facts.js';
import { findRecord } from './find-in-hooks.js';
import { findInPlugin } from './find-in-plugin.js';
import { findInPnpmSettings } from './find-in-pnpm-settings.js';
import { type Finding, type FindingCode, INIT } from './finding.js';
import type { PnpmFacts } from './read-pnpm.js';

const STUB = '.pnpmfile.cjs';
const HOOKS = '.phantom-guard/pnpmfile.cjs';
const FINDER = '.phantom-guard/preinstall.cjs';

/** What makes the pnpmfile of the guard inert, and what pnpm itself could do more; nothing where pnpm is not used. */
export function findInPnpm({ pnpm }: Pick<Facts, 'pnpm'>): readonly Finding[] {
  if (!pnpm.isUsed) return [];
  const { problem, version, settings } = pnpm;
  const unread: readonly Finding[] =
    problem === null
      ? []
      : [{ code: 'PNPM_SETTINGS_UNREADABLE', message: problem.message, fix: problem.hint }];
  return [...findWiring(pnpm), ...unread, ...findInPnpmSettings(version, settings)];
}

function findWiring(pnpm: PnpmFacts): readonly Finding[] {
  const ofPlugin = findInPlugin(pnpm);
  if (pnpm.stub === 'missing' && pnpm.hooks === 'missing') {
    if (pnpm.plugin !== null)
      return [...ofPlugin, ...pnpm.detours.filter(({ kind }) => kind === 'ignored').map(detoured)];
    const message = 'the project uses pnpm, and no hook of the guard is wired';
    return [{ code: 'PNPM_UNGUARDED', message, fix: INIT }];
  }
  return [...ofPlugin, ...findFiles(pnpm), ...pnpm.detours.map(detoured), ...findGuardless(pnpm)];
}

function findFiles({ stub, hooks, finder }: PnpmFacts): readonly Finding[] {
  const findings: Finding[] = [];
  if (stub === 'missing') {
    const message = `${HOOKS} is there, and the stub that loads it is not: pnpm calls no guard`;
    findings.push({ code: 'PNPMFILE_MISSING', message, fix: INIT, file: STUB });
  }
  if (stub === 'modified') {
    const message = 'the stub is not byte for byte that of this program: frozen installs end with an error';
    const fix = `move what was added to .pnpmfile.user.cjs, delete ${STUB}, then ${INIT}`;
    findings.push({ code: 'PNPMFILE_MODIFIED', message, fix, file: STUB });
  }
  for (const [file, state] of [
    [HOOKS, hooks],
    [FINDER, finder.file],
  ] as const) {
    if (state === 'missing') {
      const message = 'the stub leads to a file that is not there: every install ends with an error';
      findings.push({ code: 'PNPMFILE_HOOKS_MISSING', message, fix: INIT, file });
    }
    if (state === 'modified') {
      const message = 'the hook is not byte for byte that of this version';
      findings.push({ code: 'PNPMFILE_HOOKS_MODIFIED', message, fix: INIT, file });
    }
  }
  return findings;
}

const DETOURS: Readonly<Record<Detour['kind'], { readonly code: FindingCode; readonly fix: string }>> = {
  ignored: { code: 'PNPMFILE_IGNORED', fix: 'take the setting out' },
  elsewhere: {
    code: 'PNPMFILE_ELSEWHERE',
    fix: `rename the file to .pnpmfile.user.cjs, and take the setting out`,
  },
  module: {
    code: 'PNPMFILE_MODULE',
    fix: 'move its hooks to .pnpmfile.user.cjs, as CommonJS, and remove it',
  },
};

function detoured({ kind, setting, file, heldBy }: Detour): Finding {
  return {
    ...DETOURS[kind],
    message: `${setting}: ${heldBy} loads no hooks of the guard, and it is not asked`,
    file,
  };
}

function findGuardless({ finder: { guard, record } }: PnpmFacts): readonly Finding[] {
  const message =
    'the hooks find no guard in the project, at the user or by the record: every install ends with an error';
  const guardless: readonly Finding[] =
    guard === null ? [{ code: 'PNPMFILE_WITHOUT_GUARD', message, fix: INIT }] : [];
  return [...guardless, ...findRecord(record)];
}
