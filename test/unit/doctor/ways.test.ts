import { describe, expect, it } from 'vitest';
import { decideWays } from '../../../src/doctor/decide-ways.js';
import { diagnose } from '../../../src/doctor/diagnose.js';
import type { Facts } from '../../../src/doctor/facts.js';
import { renderDiagnosis } from '../../../src/doctor/render.js';
import {
  factsOf,
  GATE,
  hooked,
  NO_GATE,
  NO_SHIMS,
  npmOf,
  PLAIN,
  pnpmProject,
  withProjectSettings,
} from './facts-of.js';

function levels(facts: Facts): Record<string, string> {
  return Object.fromEntries(decideWays(facts).map(({ way, by, level }) => [way, `${level} ${by}`]));
}

const gated = (changes: Partial<Facts> = {}) => factsOf({ shims: NO_SHIMS, ...changes });
const onlyHooked = (facts: Facts) => ({ ...facts, shims: NO_SHIMS });
const OPEN = 'not stopped null';

describe('the ways in', () => {
  it('are all T0 behind shims, but for npm rebuild, which passes them', () => {
    expect(levels(factsOf({ gate: NO_GATE, gateElsewhere: NO_GATE }))).toEqual({
      'npm install': 'T0 shim',
      'npm ci': 'T0 shim',
      'npm rebuild': OPEN,
      'npm install X': 'T0 shim',
      'npm install -g X': 'T0 shim',
      'npx X, npm exec X': 'T0 shim',
      'npm create X': 'T0 shim',
      'phantom-guard-install npm …': 'T0 wrapper',
    });
  });

  it('are T2 behind the script gate, but for what npx fetches', () => {
    expect(levels(gated())).toEqual({
      'npm install': 'T2 script gate',
      'npm ci': 'T2 script gate',
      'npm rebuild': 'landed script gate',
      'npm install X': 'T2 script gate',
      'npm install -g X': 'T2 script gate',
      'npx X, npm exec X': OPEN,
      'npm create X': OPEN,
      'phantom-guard-install npm …': 'T0 wrapper',
    });
  });

  it.each([
    ['npm 12', gated({ npm: npmOf('12.2.0') })],
    ['npm 9', gated({ npm: npmOf('9.9.4') })],
    ['Windows', gated({ platform: 'win32' })],
    ['ignored scripts', { ...withProjectSettings({ 'ignore-scripts': true }), shims: NO_SHIMS }],
    ['a gate that can not be run', gated({ gate: { ...GATE, isRunnable: false } })],
    ['a gate without its guard', gated({ gate: { ...GATE, hasGuard: false } })],
    ['a gate that the project replaces', gated({ gate: { ...GATE, isEffective: false } })],
  ])('claim nothing of the script gate with %s', (_, facts) => {
    expect(levels(facts)).toMatchObject({ 'npm install': OPEN, 'npm ci': OPEN, 'npm install X': OPEN });
  });

  it('take a .npmrc of the project for nothing where npm does not read it', () => {
    const facts = gated({ gate: { ...GATE, isEffective: false } });
    expect(levels(facts)['npm install -g X']).toBe('T2 script gate');
  });

  it.each([
    ['npm 12', hooked(), 'T0 preinstall'],
    [
      'no lockfile',
      { ...hooked(), lockfile: { file: null, version: null, withoutIntegrity: [] } },
      'not stopped preinstall',
    ],
    ['npm 11', hooked({}, '11.21.2'), 'after the fact preinstall'],
    ['no guard to be found', hooked({ guard: null }), OPEN],
    ['a modified hook', hooked({ file: 'modified' }), OPEN],
    ['no hook', hooked({ file: 'missing' }), OPEN],
    ['no call', hooked({ isCalled: false }), OPEN],
  ])('of a wired project with %s', (_, facts, level) => {
    expect(levels(onlyHooked(facts))).toMatchObject({
      'npm install': level,
      'npm ci': level,
      'npm install X': OPEN,
    });
  });

  it('take the gate for more than a hook that comes too late', () => {
    const facts = onlyHooked({ ...hooked({}, '11.21.2'), gate: GATE });
    expect(levels(facts)['npm ci']).toBe('T2 script gate');
  });

  it('need both shims for what is said of npx and npm exec', () => {
    expect(levels(factsOf({ shims: { ...factsOf().shims, npx: PLAIN } }))['npx X, npm exec X']).toBe(OPEN);
  });

  it('are those of the user where there is no project, and none without npm', () => {
    expect(levels(factsOf({ hasProject: false }))['npm ci']).toBeUndefined();
    expect(decideWays(factsOf({ npm: null }))).toEqual([]);
  });

  it('name those of pnpm that no project wires, where there is one on the PATH', () => {
    const found = levels(pnpmProject({ isUsed: false }));
    expect(found).toMatchObject({ 'pnpm dlx X': OPEN, 'pnpm create X': OPEN, 'pnpm add -g X': OPEN });
    expect(found['pnpm install']).toBeUndefined();
  });

  it.each([
    ['12.21.0', true, 'T0 pnpmfile', 'T0 pnpmfile'],
    ['12.21.0', false, 'T0 pnpmfile', 'T0 pnpmfile'],
    ['11.28.11', true, 'T0 pnpmfile', 'T1 pnpmfile'],
    ['10.34.9', false, 'T2 pnpmfile', 'T2 pnpmfile'],
    [null, true, 'T0 pnpmfile', 'T2 pnpmfile'],
  ])('of pnpm %s are what its pnpmfile gives, lockfile %s', (version, hasLockfile, install, add) => {
    const found = levels(pnpmProject({ version, hasLockfile }));
    expect(found).toMatchObject({
      'pnpm install': install,
      'pnpm add X, pnpm update': add,
      'pnpm dlx X': OPEN,
    });
  });

  it.each<[string, Partial<Facts['pnpm']>]>([
    ['the stub', { stub: 'modified' }],
    ['what it loads', { hooks: 'modified' }],
    ['the finder', { finder: { file: 'missing', record: 'valid', guard: 'user' } }],
    ['a guard', { finder: { file: 'ours', record: 'missing', guard: null } }],
    ['readable settings', { problem: { message: '', hint: '' } }],
  ])('claim nothing of pnpm without %s', (_, changes) => {
    expect(levels(pnpmProject(changes))['pnpm install']).toBe(OPEN);
  });
});

describe('the main way in', () => {
  it.each([
    ['npm ci', factsOf({ isCi: true })],
    ['npm install', factsOf()],
    ['npm install', factsOf({ isCi: true, lockfile: { file: null, version: null, withoutIntegrity: [] } })],
    ['npm install X', factsOf({ hasProject: false })],
    ['pnpm install', pnpmProject({ path: null })],
  ])('is %s', (way, facts) => {
    expect(diagnose(facts).mainWay).toBe(way);
  });

  it('is no better for a hook that comes too late', () => {
    expect(diagnose({ ...onlyHooked(hooked({}, '11.21.2')), isCi: true }).status).toBe('not-guarded');
    expect(diagnose({ ...onlyHooked(hooked()), isCi: true }).status).toBe('guarded');
  });
});

describe('the text', () => {
  it('tells what is guarded, what is found with its fix, and what nothing stops', () => {
    const facts = gated({
      calls: [{ file: 'Dockerfile', judges: true }],
      gate: NO_GATE,
      gateElsewhere: NO_GATE,
      config: { files: [], onUnavailable: null, problem: { message: 'broken \u001b[31m', hint: 'mend it' } },
    });
    const text = renderDiagnosis(facts, diagnose(facts));
    expect(text).toMatch(/^npm install {2,}NO {2,}- {2,}not stopped/m);
    expect(text).toContain('phantom-guard-install is called in Dockerfile');
    expect(text).toContain('CONFIG_INVALID\n  broken');
    expect(text).toContain('fix: mend it');
    expect(text).not.toContain('\u001b');
    expect(text).toContain('Nothing in a project blocks these');
    expect(text).toContain('is guarded where it is called as in Dockerfile');
  });
});
