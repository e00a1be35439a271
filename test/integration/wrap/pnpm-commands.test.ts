import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { guardPnpm } from '../../../src/wrap-pnpm/guard-pnpm.js';
import { writeProject } from '../../support/projects.js';
import { scriptedProgram } from '../../support/scripted-program.js';
import { LOCKFILE, pnpmRequest, resolvingPnpm } from './scripted-pnpm.js';

const FROZEN = { 'package.json': { name: 'project' }, 'pnpm-lock.yaml': LOCKFILE };
const WITH_CODE = { ...FROZEN, 'pnpm-workspace.yaml': 'configDependencies:\n  hooks: 1.0.0\n' };
const INSTALLING = 'install --frozen-lockfile';
const STAGED = 'install --lockfile-only --config.ignore-scripts=true';

/** Without the folders. */
const said = (runs: readonly string[]) => runs.map((run) => run.slice(run.indexOf(': ') + 2));

describe('a command of pnpm that installs nothing', () => {
  it('runs as it was given, where the user is', async () => {
    const pnpm = scriptedProgram('pnpm', 'exit 4');
    const { request, judged } = pnpmRequest(['list', '--depth=0'], { root: writeProject(WITH_CODE), pnpm });
    const userDir = writeProject({});
    const outcome = await guardPnpm({ ...request, userDir });
    expect(outcome).toEqual({ kind: 'ended', ending: { status: 4, signal: null } });
    expect([pnpm.runs(), judged]).toEqual([[`${userDir}: list --depth=0`], []]);
  });

  it('must not begin with an install where it runs a script', async () => {
    const pnpm = resolvingPnpm();
    const root = writeProject(FROZEN);
    await guardPnpm(pnpmRequest(['run', 'build'], { root, pnpm }).request);
    expect(said(pnpm.runs())).toEqual(['--config.verify-deps-before-run=false run build']);
  });

  it('lets another shim lead a script back once, and guards what the script itself installs', async () => {
    const pnpm = scriptedProgram('pnpm', `echo "\${PHANTOM_GUARD_INSIDE:-none}" > inside`);
    const root = writeProject(FROZEN);
    const { request } = pnpmRequest(['exec', 'tool'], { root, pnpm });
    const inside = () => readFileSync(path.join(root, 'inside'), 'utf8').trim();
    await guardPnpm(request);
    expect(inside()).toBe('none');
    const led = JSON.stringify([root, 'exec', 'tool']);
    await guardPnpm({
      ...request,
      run: { ...request.run, env: { ...request.run.env, PHANTOM_GUARD_SCRIPT: led } },
    });
    expect(inside()).toMatch(/^1:/);
  });

  it('is not started in a project whose pnpm would load code that is refused', async () => {
    const pnpm = resolvingPnpm();
    const root = writeProject(WITH_CODE);
    const { request, judged } = pnpmRequest(['run', 'build'], { root, pnpm, judge: () => 1 });
    expect(await guardPnpm(request)).toEqual({ kind: 'refused', status: 1 });
    expect([judged, pnpm.runs()]).toEqual([[root], []]);
  });
});

describe('install-test', () => {
  it('installs what was judged, and runs the tests of the chosen projects', async () => {
    const pnpm = resolvingPnpm();
    const { request } = pnpmRequest(['--filter', 'app', 'it'], { root: writeProject(FROZEN), pnpm });
    await guardPnpm(request);
    expect(said(pnpm.runs())).toEqual([
      `--filter app ${STAGED}`,
      'install --filter app --frozen-lockfile',
      '--config.verify-deps-before-run=false --filter app test',
    ]);
  });

  it('runs no test where the install was refused or fails', async () => {
    const root = writeProject(FROZEN);
    const refusing = resolvingPnpm();
    const refused = pnpmRequest(['install-test'], { root, pnpm: refusing, judge: () => 1 });
    expect(await guardPnpm(refused.request)).toEqual({ kind: 'refused', status: 1 });
    const failing = resolvingPnpm('case "$*" in *--frozen-lockfile*) exit 5;; esac');
    const failed = pnpmRequest(['install-test'], { root, pnpm: failing });
    expect(await guardPnpm(failed.request)).toMatchObject({ ending: { status: 5 } });
    expect([said(refusing.runs()), said(failing.runs())]).toEqual([[STAGED], [STAGED, INSTALLING]]);
  });
});

describe('a command without a form that only resolves', () => {
  it('runs without a network once everything is installed', async () => {
    const pnpm = resolvingPnpm('echo "$npm_config_offline" > offline');
    const root = writeProject(FROZEN);
    await guardPnpm(pnpmRequest(['prune', '--prod'], { root, pnpm }).request);
    expect(said(pnpm.runs())).toEqual([STAGED, INSTALLING, 'prune --prod --config.offline=true']);
    expect(readFileSync(path.join(root, 'offline'), 'utf8')).toBe('true\n');
  });

  it('does not run where the install before it is refused or fails, and then tells why', async () => {
    const root = writeProject(FROZEN);
    const refusing = resolvingPnpm();
    const refused = pnpmRequest(['link', '../other'], { root, pnpm: refusing, judge: () => 2 });
    expect(await guardPnpm(refused.request)).toEqual({ kind: 'refused', status: 2 });
    const failing = resolvingPnpm('case "$*" in *--frozen-lockfile*) echo broken; exit 5;; esac');
    const failed = pnpmRequest(['link', '../other'], { root, pnpm: failing });
    expect(await guardPnpm(failed.request)).toMatchObject({
      kind: 'unresolved',
      said: { status: 5, stderr: 'broken\n' },
    });
    expect([said(refusing.runs()), said(failing.runs())]).toEqual([[STAGED], [STAGED, INSTALLING]]);
  });
});
