import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { guardPnpm } from '../../../src/wrap-pnpm/guard-pnpm.js';
import { writeProject } from '../../support/projects.js';
import { scriptedProgram } from '../../support/scripted-program.js';
import { LOCKFILE, pnpmRequest, resolvingPnpm } from './scripted-pnpm.js';

const MANIFEST = { name: 'project', version: '1.0.0', dependencies: { 'widget-kit': '1.0.0' } };
const OLD = "lockfileVersion: '9.0'\n# as it was\n";
const ENDED = { kind: 'ended', ending: { status: 0, signal: null } };

const project = (files: Readonly<Record<string, string | object>> = {}) =>
  writeProject({ 'package.json': MANIFEST, ...files });
const lockfileOf = (root: string) => readFileSync(path.join(root, 'pnpm-lock.yaml'), 'utf8');

describe('a guarded command of pnpm on a project', () => {
  it('is resolved in a copy, judged there, and installed from just that lockfile', async () => {
    const root = project({ 'node_modules/old/index.js': '', 'packages/app/package.json': { name: 'app' } });
    const pnpm = resolvingPnpm();
    let before = true;
    const { request, judged } = pnpmRequest(['add', '-D', 'widget-kit', '-r'], {
      root,
      pnpm,
      judge: (copy) => {
        before = existsSync(path.join(root, 'pnpm-lock.yaml'));
        expect(lockfileOf(copy)).toBe(LOCKFILE);
        expect(existsSync(path.join(copy, 'packages/app/package.json'))).toBe(true);
        expect(existsSync(path.join(copy, 'node_modules'))).toBe(false);
        return 0;
      },
    });
    expect(await guardPnpm(request)).toEqual(ENDED);
    expect(before).toBe(false);
    expect(lockfileOf(root)).toBe(LOCKFILE);
    expect(pnpm.runs()).toEqual([
      `${judged[0]}: add -D widget-kit -r --lockfile-only --config.ignore-scripts=true`,
      `${root}: install -r --frozen-lockfile`,
    ]);
    expect(existsSync(judged[0] ?? root)).toBe(false);
  });

  it('leaves the project as it was where the tree is refused', async () => {
    const root = project({ 'pnpm-lock.yaml': OLD });
    const pnpm = resolvingPnpm();
    const { request } = pnpmRequest(['add', 'widget-kit'], { root, pnpm, judge: () => 1 });
    expect(await guardPnpm(request)).toEqual({ kind: 'refused', status: 1 });
    expect([lockfileOf(root), pnpm.runs().length]).toEqual([OLD, 1]);
  });

  it('hands on what pnpm says where it can not resolve', async () => {
    const root = project();
    const pnpm = scriptedProgram('pnpm', 'echo ERR_PNPM_FETCH_404; echo more >&2; exit 1');
    const { request, judged } = pnpmRequest(['install'], { root, pnpm });
    expect(await guardPnpm(request)).toMatchObject({
      kind: 'unresolved',
      said: { status: 1, stderr: 'ERR_PNPM_FETCH_404\nmore\n' },
    });
    expect(judged).toEqual([]);
  });

  it('does not install dependencies for which no lockfile was written', async () => {
    const silent = scriptedProgram('pnpm', '');
    const root = project();
    const { request } = pnpmRequest(['install'], { root, pnpm: silent });
    expect(await guardPnpm(request)).toEqual({ kind: 'not-resolved', root });
    const empty = writeProject({ 'package.json': { name: 'empty', dependencies: {} } });
    const nothing = pnpmRequest(['install'], { root: empty, pnpm: silent });
    expect([await guardPnpm(nothing.request), nothing.judged]).toEqual([ENDED, []]);
  });

  it('gives up where the project changes while it is judged, and keeps that change', async () => {
    const edit = (root: string) => () => {
      writeFileSync(path.join(root, 'package.json'), '{}');
      return 0 as const;
    };
    const copied = project();
    const add = pnpmRequest(['add', 'widget-kit'], {
      root: copied,
      pnpm: resolvingPnpm(),
      judge: edit(copied),
    });
    await expect(guardPnpm(add.request)).rejects.toMatchObject({ code: 'PROJECT_CHANGED' });
    expect(readFileSync(path.join(copied, 'package.json'), 'utf8')).toBe('{}');
    expect(existsSync(path.join(copied, 'pnpm-lock.yaml'))).toBe(false);
    const frozen = project({ 'pnpm-lock.yaml': OLD });
    const pnpm = resolvingPnpm();
    const ci = pnpmRequest(['install'], { root: frozen, pnpm, env: { CI: '1' }, judge: edit(frozen) });
    await expect(guardPnpm(ci.request)).rejects.toMatchObject({ code: 'PROJECT_CHANGED' });
    expect(pnpm.runs()).toEqual([]);
  });

  it('does not serve lockfiles of branches', async () => {
    const root = project({ 'pnpm-lock.main.yaml': OLD });
    const { request } = pnpmRequest(['install'], { root, pnpm: resolvingPnpm() });
    await expect(guardPnpm(request)).rejects.toMatchObject({
      code: 'NOT_YET',
      message: expect.stringContaining('pnpm-lock.main.yaml'),
    });
  });

  it.each([
    ['install', { CI: 'true' }, 'install --frozen-lockfile'],
    ['install --prod', { BUILD_NUMBER: '7' }, 'install --prod --frozen-lockfile'],
    ['install --frozen-lockfile', {}, 'install --frozen-lockfile'],
    ['fetch --prod -C .', { CI: '' }, 'fetch --prod'],
  ])('installs the lockfile as it is: pnpm %s with %o', async (words, env, given) => {
    const root = project({ 'pnpm-lock.yaml': OLD });
    const pnpm = resolvingPnpm();
    const { request, judged } = pnpmRequest(words.split(' '), { root, pnpm, env });
    expect(await guardPnpm(request)).toEqual(ENDED);
    expect([judged, pnpm.runs(), lockfileOf(root)]).toEqual([[root], [`${root}: ${given}`], OLD]);
  });

  it.each([
    ['install', { CI: 'false' }],
    ['install --no-frozen-lockfile', { CI: 'true' }],
    ['install --lockfile-only', { CI: 'true' }],
    ['install widget-kit', { CI: 'true' }],
  ])('resolves anew: pnpm %s with %o', async (words, env) => {
    const root = project({ 'pnpm-lock.yaml': OLD });
    const { request, judged } = pnpmRequest(words.split(' '), { root, pnpm: resolvingPnpm(), env });
    expect(await guardPnpm(request)).toEqual(ENDED);
    expect([judged.includes(root), lockfileOf(root)]).toEqual([false, LOCKFILE]);
  });

  it('writes the lockfile and nothing else with --lockfile-only', async () => {
    const root = project();
    const pnpm = resolvingPnpm();
    await guardPnpm(pnpmRequest(['install', '--lockfile-only'], { root, pnpm }).request);
    expect(pnpm.runs().at(-1)).toBe(`${root}: install --frozen-lockfile --lockfile-only`);
  });

  it('refuses a frozen lockfile before pnpm is started, and asks about a project without one', async () => {
    const pnpm = resolvingPnpm();
    const refused = pnpmRequest(['install', '--frozen-lockfile'], {
      root: project({ 'pnpm-lock.yaml': OLD }),
      pnpm,
      judge: () => 2,
    });
    expect(await guardPnpm(refused.request)).toEqual({ kind: 'refused', status: 2 });
    expect(pnpm.runs()).toEqual([]);
    const bare = project();
    const asked = pnpmRequest(['install', '--frozen-lockfile'], { root: bare, pnpm });
    await guardPnpm(asked.request);
    expect(asked.judged.map((folder) => path.relative(bare, folder))).toEqual(['']);
  });

  it('judges the lockfile of each project that has its own', async () => {
    const root = project({ 'pnpm-lock.yaml': OLD, 'packages/app/pnpm-lock.yaml': OLD });
    const { request, judged } = pnpmRequest(['ci'], {
      root,
      pnpm: resolvingPnpm(),
      judge: (folder) => (folder.endsWith('app') ? 1 : 0),
    });
    expect(await guardPnpm(request)).toEqual({ kind: 'refused', status: 1 });
    expect(
      judged
        .map((folder) => path.relative(root, folder))
        .sort()
        .at(-1),
    ).toBe('packages/app');
  });

  it('lets dedupe --check tell in a copy what it would do', async () => {
    const root = project({ 'pnpm-lock.yaml': OLD });
    const pnpm = resolvingPnpm('echo changed > pnpm-lock.yaml; exit 1');
    const { request, judged } = pnpmRequest(['dedupe', '--check'], { root, pnpm });
    expect(await guardPnpm(request)).toMatchObject({ kind: 'ended', ending: { status: 1 } });
    expect([judged, lockfileOf(root)]).toEqual([[], OLD]);
    expect(pnpm.runs()).toEqual([expect.stringMatching(/: dedupe --check$/)]);
  });

  it('puts the lockfile of import in place once it is judged, and installs nothing', async () => {
    const pnpm = scriptedProgram('pnpm', `printf '%s' "${LOCKFILE}" > pnpm-lock.yaml`);
    const root = project({ 'package-lock.json': {} });
    const refused = pnpmRequest(['import'], { root, pnpm, judge: () => 1 });
    expect(await guardPnpm(refused.request)).toEqual({ kind: 'refused', status: 1 });
    expect(existsSync(path.join(root, 'pnpm-lock.yaml'))).toBe(false);
    expect(await guardPnpm(pnpmRequest(['import'], { root, pnpm }).request)).toEqual(ENDED);
    expect(lockfileOf(root)).toBe(LOCKFILE);
    expect(pnpm.runs().every((run) => / import$/.test(run) && !run.startsWith(`${root}:`))).toBe(true);
  });

  it('does not let the hooks of a wired project judge in the copy', async () => {
    const hook = "throw new Error('asked');\n";
    const root = project({ '.phantom-guard/pnpmfile.cjs': hook });
    const pnpm = resolvingPnpm('grep -q asked .phantom-guard/pnpmfile.cjs && exit 3');
    const refused = pnpmRequest(['add', 'widget-kit'], { root, pnpm, judge: () => 1 });
    expect(await guardPnpm(refused.request)).toEqual({ kind: 'refused', status: 1 });
    expect(readFileSync(path.join(root, '.phantom-guard/pnpmfile.cjs'), 'utf8')).toBe(hook);
  });

  it('works from a folder of the workspace as pnpm would', async () => {
    const root = project({ 'packages/app/package.json': { name: 'app' } });
    const pnpm = resolvingPnpm();
    const { request, judged } = pnpmRequest(['install'], { root, pnpm });
    const cwd = path.join(root, 'packages/app');
    await guardPnpm({ ...request, run: { ...request.run, cwd } });
    expect(judged.map((folder) => folder.endsWith('packages/app'))).toEqual([true]);
    expect(lockfileOf(cwd)).toBe(LOCKFILE);
    expect(pnpm.runs().at(-1)).toBe(`${cwd}: install --frozen-lockfile`);
  });
});
