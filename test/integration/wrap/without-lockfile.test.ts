import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTarballRegistry, type TarballRegistry } from '../../support/tarball-registry.js';
import { guarded, healthy, installed, PROGRAM, temporary } from './support.js';

const BASE = 'zq-wrap-base';
const KIT = 'zq-wrap-kit';
const LATEST = '1.11.0';

let registry: TarballRegistry;
beforeEach(async () => {
  registry = await startTarballRegistry([
    healthy(BASE),
    healthy(KIT, { dependencies: { [BASE]: '^1.0.0' } }),
  ]);
});
afterEach(() => registry.close());

/** As soon as somebody has asked for the package, there is a newer version of it that nobody has judged. */
async function releaseOnceAsked(name: string, version: string): Promise<void> {
  const isAsked = () => registry.requests.some((request) => request.path === `/${name}`);
  while (!isAsked()) await new Promise((resolve) => setTimeout(resolve, 5));
  const before = healthy(name);
  registry.publish({ ...before, versions: { ...before.versions, [version]: { files: PROGRAM } } });
}

function versionIn(folder: string, name: string): unknown {
  return JSON.parse(readFileSync(path.join(folder, name, 'package.json'), 'utf8')).version;
}

describe('what npm installs without a lockfile', () => {
  it('is what was judged for global packages, though the registry has newer ones by then', async () => {
    const install = guarded(registry, ['npm', 'install', '-g', KIT]);
    await releaseOnceAsked(BASE, '1.12.0');
    const { status, home } = await install;
    expect(status).toBe(0);
    const modules = path.join(home, 'prefix/lib/node_modules');
    expect(versionIn(modules, KIT)).toBe(LATEST);
    expect(versionIn(path.join(modules, KIT, 'node_modules'), BASE)).toBe(LATEST);
  });

  it('is what was judged with --no-save, and neither package.json nor a lockfile is written', async () => {
    const install = guarded(registry, ['npm', 'install', '--no-save', KIT]);
    await releaseOnceAsked(BASE, '1.12.0');
    const { status, dir } = await install;
    expect(status).toBe(0);
    expect(installed(dir)).toEqual([BASE, KIT]);
    expect(versionIn(path.join(dir, 'node_modules'), BASE)).toBe(LATEST);
    expect(existsSync(path.join(dir, 'package-lock.json'))).toBe(false);
    expect(readFileSync(path.join(dir, 'package.json'), 'utf8')).not.toContain(KIT);
  });

  it('is what was judged with package-lock=false', async () => {
    const files = { '.npmrc': 'package-lock=false\n' };
    const install = guarded(registry, ['npm', 'install', KIT], { files });
    await releaseOnceAsked(BASE, '1.12.0');
    const { status, dir } = await install;
    expect(status).toBe(0);
    expect(versionIn(path.join(dir, 'node_modules'), BASE)).toBe(LATEST);
    expect(existsSync(path.join(dir, 'package-lock.json'))).toBe(false);
  });

  it('is judged for a link too: the global package, and what the project asks for', async () => {
    const files = {
      'package.json': { name: 'p', version: '1.0.0', dependencies: { 'zq-wrap-unheard': '^1' } },
    };
    const refused = await guarded(registry, ['npm', 'link', BASE], { files });
    expect(refused.status).not.toBe(0);
    expect(installed(refused.dir)).toEqual([]);
    const whole = { 'package.json': { name: 'p', version: '1.0.0', dependencies: { [KIT]: '^1.0.0' } } };
    const home = temporary();
    // npm link wants the folder to be there.
    mkdirSync(path.join(home, 'prefix/lib/node_modules'), { recursive: true });
    const { status, dir } = await guarded(registry, ['npm', 'link', BASE], { files: whole, home });
    expect(status).toBe(0);
    expect(installed(dir)).toEqual([BASE, KIT]);
  });
});

describe('a lockfile of npm 5 or 6', () => {
  function legacy(integrity: boolean) {
    const { resolved, integrity: sri } = registry.lockEntry(BASE, LATEST);
    const entry = { version: LATEST, resolved, ...(integrity ? { integrity: sri } : {}) };
    return {
      'package.json': { name: 'old', version: '1.0.0', dependencies: { [BASE]: '^1.0.0' } },
      'package-lock.json': {
        name: 'old',
        version: '1.0.0',
        lockfileVersion: 1,
        requires: true,
        dependencies: { [BASE]: entry },
      },
    };
  }

  it('is installed by npm ci, stays as it is, and gets the integrity for the time of the install', async () => {
    for (const hasIntegrity of [true, false]) {
      const { status, dir } = await guarded(registry, ['npm', 'ci'], { files: legacy(hasIntegrity) });
      expect(status).toBe(0);
      expect(installed(dir)).toEqual([BASE]);
      const lock = JSON.parse(readFileSync(path.join(dir, 'package-lock.json'), 'utf8'));
      expect(lock).toEqual(legacy(hasIntegrity)['package-lock.json']);
    }
  });
});

describe('npx in a project', () => {
  it('looks where the project’s .npmrc says, and keeps no copy of that file', async () => {
    const home = temporary();
    const { status } = await guarded(registry, ['npx', '--yes', '@zq-wrap/tool'], {
      home,
      files: { '.npmrc': `@zq-wrap:registry=${registry.url}scoped/\n` },
    });
    expect(status).not.toBe(0);
    expect(registry.requests.map((request) => request.path)).toContain('/scoped/@zq-wrap%2ftool');
    const files = { '.npmrc': 'fund=false\n' };
    expect(await guarded(registry, ['npx', '--yes', BASE, '0'], { home, files })).toMatchObject({
      status: 0,
    });
    const kept = readdirSync(path.join(home, 'guard/exec'), { recursive: true, encoding: 'utf8' });
    expect(kept.some((file) => file.endsWith('package-lock.json'))).toBe(true);
    expect(kept.filter((file) => file.endsWith('.npmrc'))).toEqual([]);
  });
});
