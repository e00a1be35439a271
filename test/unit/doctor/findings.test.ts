import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/doctor/diagnose.js';
import type { Facts } from '../../../src/doctor/facts.js';
import { FINDING_CODES, type FindingCode } from '../../../src/doctor/finding.js';
import type { Detour } from '../../../src/wiring/pnpm-detours.js';
import {
  factsOf,
  GATE,
  hooked,
  NO_GATE,
  NO_SHIMS,
  npmOf,
  PLAIN,
  pnpmProject,
  SHIM,
  withProjectSettings,
} from './facts-of.js';

const shims = (changes: Partial<Facts['shims']>) => factsOf({ shims: { ...factsOf().shims, ...changes } });
const gate = (changes: Partial<Facts['gate']>) => factsOf({ gate: { ...GATE, ...changes } });
const lockfile = (changes: Partial<Facts['lockfile']>) =>
  factsOf({ lockfile: { ...factsOf().lockfile, ...changes } });
const tree = (changes: Partial<Facts['tree']>) => factsOf({ tree: { ...factsOf().tree, ...changes } });
const config = (changes: Partial<Facts['config']>) =>
  factsOf({ config: { ...factsOf().config, ...changes } });
const problem = { message: 'what is wrong', hint: 'what to do' };
const strict = (version: string, value: boolean) => ({
  ...hooked({}, version),
  layers: [{ name: 'project' as const, source: '.npmrc', values: { 'strict-allow-scripts': value } }],
});
const unwired = { shims: NO_SHIMS, gate: NO_GATE, gateElsewhere: NO_GATE };
const finder = (changes: Partial<Facts['pnpm']['finder']>) =>
  pnpmProject({ finder: { ...pnpmProject().pnpm.finder, ...changes } });
const detoured = (kind: Detour['kind']) =>
  pnpmProject({ detours: [{ kind, setting: 's', file: '.npmrc', heldBy: 'pnpm', holdsFor: () => true }] });
const protection = (version: string, values: Readonly<Record<string, unknown>>) => {
  const set = Object.entries(values).map(([key, value]) => [key, { value, source: 'pnpm-workspace.yaml' }]);
  return pnpmProject({ version, settings: Object.fromEntries(set) });
};
const plugin = (changes: Partial<NonNullable<Facts['pnpm']['plugin']>>, version = '12.21.0') => {
  const pinned = { version: '1.0.0', ownVersion: '1.0.0', installed: 'ours', ...changes } as const;
  return pnpmProject({ stub: 'missing', hooks: 'missing', version, plugin: pinned });
};
const call = (judges: boolean) => [{ file: '.github/workflows/ci.yml', judges }];

/** Facts in which the code fires, and the nearest in which it does not. */
const CASES: Readonly<Record<FindingCode, { readonly fires: Facts; readonly innocent: Facts }>> = {
  NPM_MISSING: { fires: factsOf({ npm: null }), innocent: factsOf() },
  NPM_VERSION: { fires: factsOf({ npm: npmOf('9.9.4') }), innocent: factsOf({ npm: npmOf('10.0.0') }) },
  IGNORE_SCRIPTS: {
    fires: withProjectSettings({ 'ignore-scripts': true }),
    innocent: withProjectSettings({ 'ignore-scripts': false }),
  },
  PROJECT_REGISTRY: {
    fires: withProjectSettings({ registry: 'http://127.0.0.1:1/' }),
    innocent: factsOf({
      layers: [{ name: 'user', source: '', values: { registry: 'http://127.0.0.1:1/' } }],
    }),
  },
  PROJECT_SCOPE_REGISTRY: {
    fires: withProjectSettings({ '@zq:registry': 'http://127.0.0.1:1/' }),
    innocent: withProjectSettings({ '//127.0.0.1:1/:_authToken': 'x' }),
  },
  PROJECT_PROXY: {
    fires: withProjectSettings({ noproxy: '*' }),
    innocent: withProjectSettings({ 'strict-ssl': true }),
  },
  PROJECT_SCRIPT_SHELL: {
    fires: withProjectSettings({ 'script-shell': './sh' }),
    innocent: withProjectSettings({ shell: '/bin/sh' }),
  },
  PROJECT_NO_LOCKFILE: {
    fires: withProjectSettings({ 'package-lock': false }),
    innocent: withProjectSettings({ 'package-lock': true }),
  },
  SHIM_MISSING: { fires: shims({ npx: PLAIN }), innocent: factsOf({ shims: NO_SHIMS }) },
  SHIM_NOT_ON_PATH: { fires: shims({ npm: { ...PLAIN, isThere: true } }), innocent: shims({ npm: SHIM }) },
  SHIM_SHADOWED: {
    fires: shims({ npm: { ...PLAIN, isThere: true, isShadowed: true } }),
    innocent: shims({ npm: { ...PLAIN, isThere: true } }),
  },
  SHIM_WITHOUT_GUARD: { fires: shims({ hasGuard: false }), innocent: factsOf({ shims: NO_SHIMS }) },
  SHIM_ONLY_HERE: { fires: shims({ startFiles: [] }), innocent: shims({}) },
  GATE_REPLACED: {
    fires: gate({ isEffective: false, effective: { value: './sh', layer: 'project', source: '.npmrc' } }),
    innocent: factsOf({
      gate: { ...NO_GATE, effective: { value: '/bin/zsh', layer: 'user', source: '.npmrc' } },
    }),
  },
  GATE_MISSING: { fires: gate({ isRunnable: false }), innocent: factsOf({ gate: NO_GATE }) },
  GATE_WITHOUT_GUARD: { fires: gate({ hasGuard: false }), innocent: gate({ hasGuard: false, ours: null }) },
  GATE_ON_THIS_NPM: {
    fires: factsOf({ npm: npmOf('12.2.0') }),
    innocent: factsOf({ npm: npmOf('12.2.0'), gate: NO_GATE }),
  },
  WINDOWS: { fires: factsOf({ platform: 'win32' }), innocent: factsOf({ platform: 'win32', ...unwired }) },
  PREINSTALL_NOT_CALLED: { fires: hooked({ isCalled: false }), innocent: hooked() },
  PREINSTALL_FILE_MISSING: {
    fires: hooked({ file: 'missing' }),
    innocent: hooked({ file: 'missing', isCalled: false }),
  },
  PREINSTALL_FILE_MODIFIED: { fires: hooked({ file: 'modified' }), innocent: hooked() },
  PREINSTALL_TOO_LATE: { fires: hooked({}, '11.21.2'), innocent: hooked() },
  PREINSTALL_WITHOUT_GUARD: { fires: hooked({ guard: null }), innocent: hooked({ guard: 'record' }) },
  RECORD_MISSING: { fires: hooked({ record: 'missing' }), innocent: factsOf() },
  RECORD_INVALID: { fires: hooked({ record: 'invalid' }), innocent: hooked() },
  STRICT_ALLOW_SCRIPTS_OFF: { fires: strict('11.21.2', false), innocent: strict('12.2.0', false) },
  STRICT_ALLOW_SCRIPTS_UNKNOWN: { fires: strict('10.9.9', true), innocent: strict('11.21.2', true) },
  LOCKFILE_MISSING: {
    fires: { ...lockfile({ file: null, version: null }), isCi: true },
    innocent: lockfile({ file: null, version: null }),
  },
  LOCKFILE_VERSION_1: { fires: lockfile({ version: 1 }), innocent: lockfile({ version: 2 }) },
  LOCKFILE_WITHOUT_INTEGRITY: {
    fires: lockfile({ withoutIntegrity: ['node_modules/zq-a'] }),
    innocent: lockfile({}),
  },
  TREE_UNREADABLE: { fires: tree({ problem }), innocent: { ...tree({ problem }), hasProject: false } },
  GUARD_JUDGED_NOTHING: { fires: tree({ entries: 0 }), innocent: tree({ entries: 0, asked: 0 }) },
  EVERYTHING_UNCHECKED: { fires: tree({ unchecked: 3 }), innocent: tree({ unchecked: 2 }) },
  CONFIG_INVALID: { fires: config({ problem }), innocent: config({ files: ['phantom-guard.config.json'] }) },
  CONFIG_ON_UNAVAILABLE: {
    fires: config({ onUnavailable: 'allow', files: ['phantom-guard.config.json'] }),
    innocent: config({ onUnavailable: 'warn' }),
  },
  PNPM_UNGUARDED: {
    fires: pnpmProject({ stub: 'missing', hooks: 'missing' }),
    innocent: pnpmProject({ stub: 'missing', hooks: 'missing', isUsed: false }),
  },
  PNPMFILE_MISSING: { fires: pnpmProject({ stub: 'missing' }), innocent: pnpmProject() },
  PNPMFILE_MODIFIED: { fires: pnpmProject({ stub: 'modified' }), innocent: pnpmProject() },
  PNPMFILE_HOOKS_MISSING: {
    fires: pnpmProject({ hooks: 'missing' }),
    innocent: pnpmProject({ hooks: 'missing', stub: 'missing' }),
  },
  PNPMFILE_HOOKS_MODIFIED: {
    fires: finder({ file: 'modified' }),
    innocent: finder({ guard: 'record' }),
  },
  PNPMFILE_IGNORED: { fires: detoured('ignored'), innocent: detoured('module') },
  PNPMFILE_ELSEWHERE: { fires: detoured('elsewhere'), innocent: detoured('ignored') },
  PNPMFILE_MODULE: { fires: detoured('module'), innocent: detoured('elsewhere') },
  PNPMFILE_WITHOUT_GUARD: { fires: finder({ guard: null }), innocent: finder({ guard: 'record' }) },
  PNPM_PLUGIN_NOT_LOADED: { fires: plugin({}, '10.12.4'), innocent: plugin({}, '10.13.0') },
  PNPM_PLUGIN_STALE: { fires: plugin({ version: '0.9.0' }), innocent: plugin({ version: null }) },
  PNPM_PLUGIN_MODIFIED: {
    fires: plugin({ installed: 'modified' }),
    innocent: plugin({ installed: 'missing' }),
  },
  PNPM_SETTINGS_UNREADABLE: { fires: pnpmProject({ problem }), innocent: pnpmProject() },
  PNPM_MINIMUM_RELEASE_AGE: {
    fires: protection('10.34.9', {}),
    innocent: protection('11.28.11', { minimumReleaseAge: 1440 }),
  },
  PNPM_BLOCK_EXOTIC_SUBDEPS: {
    fires: protection('12.21.0', { blockExoticSubdeps: false }),
    innocent: protection('12.21.0', {}),
  },
  PNPM_STRICT_DEP_BUILDS: {
    fires: protection('10.34.9', { strictDepBuilds: 'false' }),
    innocent: protection('9.15.9', {}),
  },
  PNPM_TRUST_POLICY: {
    fires: protection('11.28.11', {}),
    innocent: protection('11.28.11', { trustPolicy: 'no-downgrade' }),
  },
  PNPM_ALL_BUILDS_ALLOWED: {
    fires: protection('12.21.0', { dangerouslyAllowAllBuilds: true }),
    innocent: protection('9.15.9', { onlyBuiltDependencies: [] }),
  },
  CI_UNGUARDED: {
    fires: factsOf({ ...unwired, isCi: true, calls: call(false) }),
    innocent: factsOf({ ...unwired, isCi: true, calls: call(true) }),
  },
};

const codesOf = (facts: Facts) => diagnose(facts).findings.map(({ code }) => code);

describe('a finding of doctor', () => {
  it.each(FINDING_CODES)('%s is made where it holds, and not in the nearest innocent case', (code) => {
    expect(codesOf(CASES[code].fires)).toContain(code);
    expect(codesOf(CASES[code].innocent)).not.toContain(code);
  });

  it('names the install of the manager in use', () => {
    const fixOf = (isUsed: boolean) => {
      const facts = tree({ entries: 0 });
      return diagnose({ ...facts, pnpm: { ...facts.pnpm, isUsed } }).findings.find(
        ({ code }) => code === 'GUARD_JUDGED_NOTHING',
      )?.fix;
    };
    expect([fixOf(true), fixOf(false)]).toEqual([
      'phantom-guard-install pnpm install',
      'phantom-guard-install npm install',
    ]);
  });

  it('is not made where everything is wired and works', () => {
    expect(codesOf(factsOf())).toEqual([]);
    expect(codesOf(hooked())).toEqual([]);
  });

  it('has a line in docs/doctor.md, and every line there is one', () => {
    const page = readFileSync('docs/doctor.md', 'utf8');
    expect([...page.matchAll(/^\| `([A-Z0-9_]+)` \|/gm)].map((match) => match[1])).toEqual([
      ...FINDING_CODES,
    ]);
  });
});
