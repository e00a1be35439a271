import { describe, expect, it } from 'vitest';
import { detectManager } from '../../../src/lockfile/manager.js';
import { manifestOf } from './lockfile-builders.js';

const plain = manifestOf({});
const lockfiles = ['package-lock.json', 'pnpm-lock.yaml'];

describe('the package manager of a directory', () => {
  it('is the one that packageManager names', () => {
    const manifest = manifestOf({ packageManager: 'pnpm@9.1.0+sha512.abc' });
    expect(detectManager(manifest, lockfiles)).toMatchObject({ manager: 'pnpm', lockfile: 'pnpm-lock.yaml' });
  });

  it.each([
    [{ packageManager: { name: 'pnpm' } }],
    [{ packageManager: [{ name: 'yarn' }, { name: 'pnpm', version: '9' }] }],
  ])('is else the one that devEngines names: %j', (devEngines) => {
    expect(detectManager(manifestOf({ devEngines }), lockfiles).manager).toBe('pnpm');
  });

  it('is else the one whose lockfile is there', () => {
    expect(detectManager(plain, ['pnpm-lock.yaml']).manager).toBe('pnpm');
    expect(detectManager(null, ['package-lock.json']).manager).toBe('npm');
  });

  it('prefers npm-shrinkwrap.json to package-lock.json, and this to pnpm-lock.yaml', () => {
    expect(detectManager(plain, ['npm-shrinkwrap.json', ...lockfiles]).lockfile).toBe('npm-shrinkwrap.json');
    expect(detectManager(plain, lockfiles).lockfile).toBe('package-lock.json');
  });

  it('is else npm', () => {
    expect(detectManager(plain, ['src'])).toMatchObject({ manager: 'npm', lockfile: null, unused: [] });
  });

  it('says which lockfile has no effect, and why', () => {
    const [line] = detectManager(manifestOf({ packageManager: 'pnpm@10.0.0' }), ['package-lock.json']).unused;
    expect(line).toEqual({
      id: 'package-lock.json',
      reason: 'lockfile not used: pnpm is in use here (packageManager in package.json)',
    });
  });

  it.each([
    [{ packageManager: 'yarn@4.0.0' }, ['package-lock.json']],
    [{ devEngines: { packageManager: { name: 'bun' } } }, []],
    [{}, ['yarn.lock']],
    [{}, ['bun.lockb']],
    [{}, ['bun.lock']],
  ])('is refused when it is another one: %j with %j', (json, files) => {
    expect(() => detectManager(manifestOf(json), files)).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_MANAGER' }),
    );
  });

  it('is unknown where nothing is to be installed', () => {
    expect(() => detectManager(null, ['README.md'])).toThrow(expect.objectContaining({ code: 'NO_PROJECT' }));
  });
});
