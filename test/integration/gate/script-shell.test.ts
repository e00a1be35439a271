import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Manager } from '../../support/managers.js';
import { gatedProjects, needs } from './gated-projects.js';
import { marking, npms, runNpm } from './support.js';

const project = gatedProjects();

describe.each(npms(10, 11))('the script gate on npm $version', (npm: Manager) => {
  it('lets a healthy tree run its scripts', async () => {
    const one = project(needs('zq-healthy', 'zq-second', '@zq-scope/healthy'));
    const { status, stderr } = await runNpm(npm, one, ['install']);
    expect(stderr).not.toContain('phantom-guard');
    expect(status).toBe(0);
    expect([...one.marks()].sort()).toEqual(['@zq-scope/healthy', 'zq-healthy', 'zq-second']);
  });

  it('ends `npm install X` and leaves what was there', async () => {
    const one = project(needs('zq-healthy'));
    await runNpm(npm, one, ['install']);
    const files = ['package.json', 'package-lock.json', 'node_modules/.package-lock.json'];
    const before = files.map(one.read);
    for (const spec of ['zq-bad', 'zq-parent', 'react@npm:zq-bad']) {
      const { status, stderr } = await runNpm(npm, one, ['install', spec]);
      expect(stderr).toContain('BLOCKED  zq-bad');
      expect(status).toBe(1);
    }
    expect(files.map(one.read)).toEqual(before);
    expect(
      readdirSync(path.join(one.directory, 'node_modules')).filter((name) => !name.startsWith('.')),
    ).toEqual(['zq-healthy']);
    expect(one.marks()).toEqual(['zq-healthy']);
    expect((await runNpm(npm, one, ['install', 'invented-here@npm:zq-second'])).status).toBe(0);
    expect(one.marks()).toEqual(['zq-healthy', 'zq-second']);
  });

  it('ends `npm ci` and `npm rebuild`', async () => {
    const one = project(needs('zq-parent', 'zq-healthy'));
    expect((await runNpm(npm, one, ['install', '--package-lock-only'])).status).toBe(0);
    const lock = one.read('package-lock.json');
    const ci = await runNpm(npm, one, ['ci']);
    expect([ci.status, one.marks(), one.read('package-lock.json')]).toEqual([1, [], lock]);
    expect((await runNpm(npm, one, ['ci', '--ignore-scripts'])).status).toBe(0);
    expect((await runNpm(npm, one, ['rebuild'])).status).toBe(1);
    expect(one.marks()).toEqual([]);
    const healthy = project(needs('zq-healthy'));
    await runNpm(npm, healthy, ['install', '--package-lock-only']);
    expect((await runNpm(npm, healthy, ['ci'])).status).toBe(0);
    expect((await runNpm(npm, healthy, ['rebuild'])).status).toBe(0);
    expect(healthy.marks()).toEqual(['zq-healthy', 'zq-healthy']);
  });

  it('covers workspaces, and scripts of the project itself', async () => {
    const app = (manifest: object) => ({
      'packages/app/package.json': { name: 'app', version: '1.0.0', ...manifest },
    });
    const workspaces = { workspaces: ['packages/*'] };
    const own = { scripts: { postinstall: marking('app') } };
    const good = project(
      { ...workspaces, scripts: { postinstall: marking('root') } },
      app({ ...own, ...needs('zq-quiet') }),
    );
    expect((await runNpm(npm, good, ['install'])).status).toBe(0);
    expect(good.marks()).toEqual(['app', 'root']);
    const bad = project(workspaces, app({ ...own, ...needs('zq-bad-runner') }));
    expect((await runNpm(npm, bad, ['install'])).status).toBe(1);
    expect(bad.marks()).toEqual([]);
    const rootOnly = project({ scripts: { preinstall: marking('root') }, ...needs('zq-bad-runner') });
    expect((await runNpm(npm, rootOnly, ['install'])).status).toBe(1);
    expect(rootOnly.marks()).toEqual([]);
  });

  it('covers -g, npx and linked installs', async () => {
    const one = project({});
    const prefix = path.join(one.home, 'prefix');
    expect((await runNpm(npm, one, ['install', '-g', '--prefix', prefix, 'zq-bad'])).status).toBe(1);
    expect((await runNpm(npm, one, ['install', '-g', '--prefix', prefix, 'zq-healthy'])).status).toBe(0);
    expect((await runNpm(npm, one, ['exec', '--yes', 'zq-bad-runner'])).status).toBe(1);
    expect((await runNpm(npm, one, ['exec', '--yes', 'zq-runner'])).status).toBe(0);
    expect(one.marks()).toEqual(['zq-healthy', 'zq-runner']);
    const linked = project(needs('zq-parent', 'zq-healthy'));
    expect((await runNpm(npm, linked, ['install', '--install-strategy=linked'])).status).toBe(1);
    expect(linked.marks()).toEqual([]);
    const fine = project(needs('zq-healthy', '@zq-scope/healthy'));
    expect((await runNpm(npm, fine, ['install', '--install-strategy=linked'])).status).toBe(0);
    expect([...fine.marks()].sort()).toEqual(['@zq-scope/healthy', 'zq-healthy']);
  });

  it('ends an install in which only an optional package has a script, which npm would go on without', async () => {
    const one = project({ ...needs('zq-bad-runner'), optionalDependencies: { 'zq-healthy': '*' } });
    const { stderr } = await runNpm(npm, one, ['install'], { piped: true });
    expect(stderr).toContain('BLOCKED  zq-bad-runner');
    expect(stderr).toContain('process terminated');
    expect(stderr).toContain('npm ended with 1');
    expect(one.marks()).toEqual([]);
    expect(readdirSync(one.directory)).toEqual(['package.json']);
  });
});

// What of a bad package the gate sees: npm has unpacked the same in both versions.
describe.each(npms(11))('the script gate on npm $version', (npm: Manager) => {
  it.each([
    ['direct', needs('zq-bad', 'zq-healthy')],
    ['transitive', needs('zq-parent', 'zq-healthy')],
    ['without a script of its own', needs('zq-bad-runner', 'zq-healthy')],
    ['optional', { ...needs('zq-healthy'), optionalDependencies: { 'zq-bad': '*' } }],
    ['development', { ...needs('zq-healthy'), devDependencies: { 'zq-bad': '*' } }],
    ['alias', { dependencies: { 'zq-healthy': 'npm:zq-bad@*' } }],
    ['with bins that shadow tools', needs('zq-bad-bins')],
  ])('ends an install with a bad package: %s', async (_, manifest) => {
    const one = project(manifest);
    const before = one.read('package.json');
    const { status, stdout, stderr } = await runNpm(npm, one, ['install']);
    expect(stderr).toContain('BLOCKED  zq-bad');
    expect(stdout).not.toContain('BLOCKED');
    expect(status).not.toBe(0);
    expect(one.marks()).toEqual([]);
    expect(one.read('package.json')).toBe(before);
    expect(readdirSync(one.directory)).toEqual(['package.json']);
  });
});

describe.each(npms(12))('the script gate on npm $version', (npm: Manager) => {
  it('does not take the verdict on an empty node_modules for one on what comes later', async () => {
    const one = project({
      scripts: { preinstall: marking('root') },
      ...needs('zq-parent', 'zq-healthy'),
      allowScripts: { 'zq-bad': true, 'zq-healthy': true },
    });
    const { status, stderr } = await runNpm(npm, one, ['install']);
    expect(stderr).toContain('BLOCKED  zq-bad');
    expect([status, one.marks()]).toEqual([1, ['root']]);
  });

  it('lets a healthy tree run the scripts that npm allows', async () => {
    const one = project({ ...needs('zq-healthy'), allowScripts: { 'zq-healthy': true } });
    expect((await runNpm(npm, one, ['install'])).status).toBe(0);
    expect(one.marks()).toEqual(['zq-healthy']);
  });
});
