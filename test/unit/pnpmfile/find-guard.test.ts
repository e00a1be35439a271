import { mkdirSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { writeFiles, writeProject } from '../../support/projects.js';

const { findGuard } = createRequire(import.meta.url)('../../../hooks/preinstall.cjs') as {
  readonly findGuard: (directory: string, part: string) => string;
};
const PART = path.join('dist', 'pnpm-hook.js');
const GUARD = {
  'package.json': { name: 'phantom-guard-install', version: '1.0.0' },
  'dist/pnpm-hook.js': '',
};

afterEach(() => vi.unstubAllEnvs());

function withGuard(dir: string): string {
  const folder = path.join(dir, 'node_modules/phantom-guard-install');
  writeFiles(folder, GUARD);
  return path.join(folder, PART);
}

describe('where the hooks find the guard', () => {
  it('is the node_modules of the project, then the install of the user', () => {
    const [project, home] = [writeProject({}), writeProject({})];
    vi.stubEnv('PHANTOM_GUARD_HOME', home);
    const ofUser = withGuard(home);
    expect(findGuard(project, PART)).toBe(ofUser);
    const own = withGuard(project);
    expect(findGuard(project, PART)).toBe(own);
  });

  it('is nothing that a link in the project leads to elsewhere', () => {
    const [project, elsewhere] = [writeProject({}), writeProject({})];
    vi.stubEnv('PHANTOM_GUARD_HOME', writeProject({}));
    withGuard(elsewhere);
    mkdirSync(path.join(project, 'node_modules'));
    const link = path.join(project, 'node_modules/phantom-guard-install');
    symlinkSync(path.join(elsewhere, 'node_modules/phantom-guard-install'), link);
    expect(() => findGuard(project, PART)).toThrow('the guard of this project is not installed');
  });

  it('is the version that was recorded, where it was installed with the integrity of the record', () => {
    const [project, home] = [writeProject({}), writeProject({})];
    vi.stubEnv('PHANTOM_GUARD_HOME', home);
    const integrity = `sha512-${'A'.repeat(86)}==`;
    const place = path.join(home, 'pinned/1.2.3');
    const packages = { 'node_modules/phantom-guard-install': { version: '1.2.3', integrity } };
    writeFiles(place, { 'package-lock.json': { packages } });
    writeFiles(project, { 'phantom-guard.lock.json': { version: '1.2.3', integrity } });
    const pinned = withGuard(place);
    expect(findGuard(project, PART)).toBe(pinned);
  });

  it.each(['{', '{}', '{"version":"../x","integrity":"sha512-x"}'])(
    'is not guessed from a record that says nothing usable: %s',
    (record) => {
      vi.stubEnv('PHANTOM_GUARD_HOME', writeProject({}));
      const project = writeProject({ 'phantom-guard.lock.json': record });
      expect(() => findGuard(project, PART)).toThrow('names no exact version with its sha512 integrity');
    },
  );
});
