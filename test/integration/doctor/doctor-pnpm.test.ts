import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/main.js';
import type { Diagnosis } from '../../../src/doctor/diagnose.js';
import { fakeIo } from '../../support/fake-io.js';
import { writeFiles, writeProject } from '../../support/projects.js';
import { copyGuard, temporaryFolder } from '../../support/wired-user.js';
import { runInit } from '../../support/wiring.js';

type Files = Readonly<Record<string, string | object>>;

/** An `npm` and a `pnpm` that say their versions, in a folder for the PATH. */
function programs(pnpm: string): string {
  const bin = temporaryFolder('bin');
  writeFileSync(path.join(bin, 'npm'), '#!/bin/sh\necho 11.21.2\n', { mode: 0o755 });
  writeFileSync(path.join(bin, 'pnpm'), `#!/bin/sh\n${pnpm}\n`, { mode: 0o755 });
  return bin;
}

/** A project of that pnpm, wired for a user who has the guard. */
async function wired(version: string, files: Files = {}, folder = '.') {
  const home = temporaryFolder('home');
  const guard = path.join(home, '.local/share/phantom-guard/node_modules/phantom-guard-install');
  mkdirSync(guard, { recursive: true });
  copyGuard(guard);
  const cwd = writeProject({
    'package.json': { name: 'p', packageManager: `pnpm@${version}` },
    'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
  });
  await runInit(['--yes', '--offline'], { cwd, home });
  writeFiles(cwd, files);
  const env = { HOME: home, PATH: `${programs('echo 12.21.0')}:/usr/bin:/bin` };
  const look = (more: Readonly<Record<string, string>> = {}) =>
    doctor({ ...env, ...more }, path.join(cwd, folder));
  return { cwd, look, env, home };
}

async function run(env: Readonly<Record<string, string>>, cwd: string, format: string) {
  const fake = fakeIo({ cwd, env });
  const { status } = await main(['doctor', '--format', format], { ...fake.io, home: env['HOME'] ?? '/' });
  return { status, text: fake.stdout() };
}

async function doctor(env: Readonly<Record<string, string>>, cwd: string) {
  const { status, text } = await run(env, cwd, 'json');
  const { findings, ways } = JSON.parse(text) as Diagnosis;
  const guarding = findings.filter(({ informational }) => !informational).map(({ code }) => code);
  const codes = guarding.filter((code) => code !== 'RECORD_MISSING');
  const informed = findings.filter(({ informational }) => informational).map(({ code }) => code);
  const levels = Object.fromEntries(ways.map(({ way, level, by }) => [way, `${level} ${by}`]));
  return { status, codes, informed, levels, findings };
}

describe('doctor in a project of pnpm', () => {
  it.each([
    ['10.34.9', 'T2 pnpmfile'],
    ['11.28.11', 'T1 pnpmfile'],
    ['12.21.0', 'T0 pnpmfile'],
  ])('finds it guarded after init, with pnpm %s', async (version, add) => {
    const { look } = await wired(version);
    const found = await look({ CI: 'true' });
    expect(found).toMatchObject({ status: 0, codes: [] });
    expect(found.levels).toMatchObject({
      'pnpm install': 'T0 pnpmfile',
      'pnpm add X, pnpm update': add,
      'pnpm dlx X': 'not stopped null',
      'pnpm add -g X': 'not stopped null',
    });
  });

  it.each<[string, string, Files, readonly string[]]>([
    ['.npmrc', '10.34.9', { '.npmrc': 'ignore-pnpmfile=true\n' }, ['PNPMFILE_IGNORED']],
    ['.npmrc, which pnpm 12 does not read', '12.21.0', { '.npmrc': 'ignore-pnpmfile=true\n' }, []],
    ['a pnpmfile elsewhere', '10.34.9', { '.npmrc': 'pnpmfile=x.cjs\n' }, ['PNPMFILE_ELSEWHERE']],
    ['ignorePnpmfile', '12.21.0', { 'pnpm-workspace.yaml': 'ignorePnpmfile: true\n' }, ['PNPMFILE_IGNORED']],
    [
      'ignorePnpmfile, which pnpm 9 does not read',
      '9.15.9',
      { 'pnpm-workspace.yaml': 'ignorePnpmfile: true\n' },
      [],
    ],
    ['.pnpmfile.mjs', '11.28.11', { '.pnpmfile.mjs': '' }, ['PNPMFILE_MODULE']],
    ['.pnpmfile.mjs, which pnpm 10 does not read', '10.34.9', { '.pnpmfile.mjs': '' }, []],
    ['no YAML', '12.21.0', { 'pnpm-workspace.yaml': '{' }, ['PNPM_SETTINGS_UNREADABLE']],
    [
      'a changed stub',
      '12.21.0',
      { '.pnpmfile.cjs': '// phantom-guard-install. pnpm-lock.yaml holds' },
      ['PNPMFILE_MODIFIED'],
    ],
    ['hooks of somebody else', '12.21.0', { '.pnpmfile.cjs': '' }, ['PNPMFILE_MISSING']],
    ['changed hooks', '12.21.0', { '.phantom-guard/pnpmfile.cjs': '' }, ['PNPMFILE_HOOKS_MODIFIED']],
  ])('sees %s', async (_, version, files, codes) => {
    const found = await (await wired(version, files)).look();
    expect(found.codes.filter((code) => code !== 'TREE_UNREADABLE')).toEqual(codes);
    expect(found.levels['pnpm install']).toBe(codes.length === 0 ? 'T0 pnpmfile' : 'not stopped null');
  });

  it('sees what the environment turns off, by the names that this pnpm reads', async () => {
    const old = await wired('10.34.9');
    expect((await old.look({ npm_config_ignore_pnpmfile: 'true' })).codes).toEqual(['PNPMFILE_IGNORED']);
    expect((await old.look({ pnpm_config_ignore_pnpmfile: 'true' })).codes).toEqual([]);
    const young = await wired('12.21.0');
    expect((await young.look({ pnpm_config_ignore_pnpmfile: 'true' })).codes).toEqual(['PNPMFILE_IGNORED']);
    expect((await young.look({ npm_config_ignore_pnpmfile: 'true' })).codes).toEqual([]);
  });

  it('sees that files and guard are gone', async () => {
    const { cwd, look } = await wired('12.21.0');
    expect((await look({ PHANTOM_GUARD_HOME: '/nowhere' })).codes).toEqual(['PNPMFILE_WITHOUT_GUARD']);
    rmSync(path.join(cwd, '.phantom-guard'), { recursive: true });
    expect((await look()).codes).toEqual(['PNPMFILE_HOOKS_MISSING', 'PNPMFILE_HOOKS_MISSING']);
    rmSync(path.join(cwd, '.pnpmfile.cjs'));
    expect(await look({ CI: '1' })).toMatchObject({ status: 1, codes: ['PNPM_UNGUARDED', 'CI_UNGUARDED'] });
  });

  it('takes the root of the workspace for a project in it', async () => {
    const files = { 'pnpm-workspace.yaml': 'packages: [a]\n', 'a/package.json': { name: 'a' } };
    const { look } = await wired('12.21.0', files, 'a');
    expect((await look()).levels['pnpm install']).toBe('T0 pnpmfile');
  });

  it('leaves a project alone that uses another manager', async () => {
    const { cwd, look } = await wired('12.21.0', {
      'package.json': { name: 'p', devEngines: { packageManager: { name: 'npm' } } },
    });
    expect((await look()).levels['pnpm install']).toBeUndefined();
    writeFiles(cwd, {
      'package.json': { name: 'p' },
      'package-lock.json': { lockfileVersion: 3, packages: {} },
    });
    expect((await look()).levels['pnpm install']).toBeUndefined();
    writeFiles(cwd, { 'package.json': { name: 'p', devEngines: { packageManager: { name: 'pnpm' } } } });
    expect((await look()).levels['pnpm install']).toBe('T0 pnpmfile');
  });
});

describe("pnpm's own protections", () => {
  const all = [
    'PNPM_MINIMUM_RELEASE_AGE',
    'PNPM_BLOCK_EXOTIC_SUBDEPS',
    'PNPM_STRICT_DEP_BUILDS',
    'PNPM_TRUST_POLICY',
  ];
  const strict =
    'minimumReleaseAge: 2880\nblockExoticSubdeps: true\nstrictDepBuilds: true\ntrustPolicy: no-downgrade\n';
  it.each<[string, Files, readonly string[]]>([
    ['9.15.9', {}, ['PNPM_ALL_BUILDS_ALLOWED']],
    ['10.0.0', {}, []],
    ['10.34.9', {}, all],
    ['10.34.9', { 'pnpm-workspace.yaml': strict }, []],
    [
      '10.34.9',
      { '.npmrc': 'strict-dep-builds=true\nminimum-release-age=1440\n' },
      [all[1] ?? '', all[3] ?? ''],
    ],
    [
      '10.34.9',
      {
        'package.json': { name: 'p', packageManager: 'pnpm@10.34.9', pnpm: { trustPolicy: 'no-downgrade' } },
      },
      all.slice(0, 3),
    ],
    ['11.28.11', {}, ['PNPM_TRUST_POLICY']],
    ['12.21.0', { '.npmrc': 'trust-policy=no-downgrade\n' }, ['PNPM_TRUST_POLICY']],
    [
      '12.21.0',
      { 'pnpm-workspace.yaml': `${strict}dangerouslyAllowAllBuilds: true\n` },
      ['PNPM_ALL_BUILDS_ALLOWED'],
    ],
  ])('of %s with %j are told as information', async (version, files, codes) => {
    expect((await (await wired(version, files)).look()).informed).toEqual(codes);
  });

  it('are those of the pnpm on the PATH where the project names no version', async () => {
    const { env, cwd } = await wired('12.21.0', { 'package.json': { name: 'p' } });
    const { findings } = await doctor(env, cwd);
    expect(findings.find(({ code }) => code === 'PNPM_TRUST_POLICY')?.message).toContain('pnpm 12.21.0');
    const silent = { ...env, PATH: `${programs('exit 1')}:/usr/bin:/bin` };
    expect((await doctor(silent, cwd)).informed).toEqual([]);
    const { text } = await run(env, cwd, 'text');
    expect(text).toContain('PNPM_TRUST_POLICY: information');
  });
});
