import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Manager } from '../../support/managers.js';
import { gatedProjects, needs } from './gated-projects.js';
import { npms, runNpm, SCRIPT_SHELL } from './support.js';

const project = gatedProjects();

// The gate's own business, whatever the version of npm.
describe.each(npms(10))('what the script gate believes, with npm $version', (npm: Manager) => {
  it('judges in the order of two installs at once, each on its own', async () => {
    const [good, bad] = [project(needs('zq-healthy', 'zq-second')), project(needs('zq-bad', 'zq-second'))];
    const [first, second] = await Promise.all([good, bad].map((one) => runNpm(npm, one, ['install'])));
    expect([first?.status, second?.status]).toEqual([0, 1]);
    expect([[...good.marks()].sort(), bad.marks()]).toEqual([['zq-healthy', 'zq-second'], []]);
  });

  it('believes nothing of the project: node-options, user-agent, files, a .npmrc that names settings of ours', async () => {
    const one = project(needs('zq-bad'), {
      'evil.cjs': `if (process.argv[1]?.endsWith('cli.js') && process.argv[2] === 'internal-gate') process.exit(0);`,
      '.npmrc': [
        'node-options=--require ./evil.cjs',
        'user-agent=pnpm/9.0.0',
        'phantom-guard-home=/tmp',
        'command=run-script',
        'lifecycle-event=test',
        'execpath=/pnpm.cjs',
      ].join('\n'),
    });
    writeFileSync(
      path.join(one.directory, 'evil.cjs'),
      `require('fs').appendFileSync(process.env.MARK, process.argv[2] === 'internal-gate' ? 'in the gate\\n' : '');`,
    );
    const { status } = await runNpm(npm, one, [
      'install',
      `--node-options=--require ${one.directory}/evil.cjs`,
    ]);
    expect(status).toBe(1);
    expect(one.marks()).toEqual([]);
  });

  it('does not believe state that others could write', async () => {
    const one = project(needs('zq-bad'));
    const state = path.join(one.home, '.local/share/phantom-guard/gate');
    mkdirSync(state, { recursive: true, mode: 0o755 });
    const { status, stderr } = await runNpm(npm, one, ['install']);
    expect([status, one.marks()]).toEqual([1, []]);
    expect(stderr).toContain('BLOCKED  zq-bad');
    expect(readdirSync(state)).toEqual([]);
  });

  it('clears what earlier installs left', async () => {
    const one = project(needs('zq-healthy'));
    const state = path.join(one.home, '.local/share/phantom-guard/gate');
    for (let round = 0; round < 2; round++) {
      await runNpm(npm, one, ['rebuild']);
      await runNpm(npm, one, ['install']);
    }
    await runNpm(npm, one, ['rebuild']);
    expect(readdirSync(state)).toHaveLength(1);
  });

  it('is switched off by a .npmrc of the project, and not where the environment names it', async () => {
    const files = { '.npmrc': 'script-shell=/bin/sh\n' };
    const off = project(needs('zq-bad'), files);
    expect([(await runNpm(npm, off, ['install'])).status, off.marks()]).toEqual([0, ['zq-bad']]);
    const on = project(needs('zq-bad'), files);
    const env = { npm_config_script_shell: SCRIPT_SHELL };
    expect([(await runNpm(npm, on, ['install'], { env })).status, on.marks()]).toEqual([1, []]);
  });

  it('refuses while the registry gives no answer', async () => {
    const one = project(needs('zq-healthy'));
    await runNpm(npm, one, ['install', '--ignore-scripts']);
    const env = {
      npm_config_registry: 'http://127.0.0.1:9/',
      PHANTOM_GUARD_OPTIONS: '--no-cache --timeout-ms 3000',
    };
    const { status, stderr } = await runNpm(npm, one, ['rebuild'], { env });
    expect([status, one.marks()]).not.toEqual([0, ['zq-healthy']]);
    expect(stderr).toMatch(/UNKNOWN|undecided/);
  });
});
