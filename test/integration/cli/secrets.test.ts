import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/main.js';
import { fakeIo } from '../../support/fake-io.js';
import { packageLock, writeProject } from '../../support/projects.js';

const HOST = 'https://user:SECRET@host.invalid';
const at = (file: string): string => `${HOST}/${file}?token=SECRET#SECRET`;

/** All that the program says, to whomever. */
async function said(args: readonly string[], cwd: string): Promise<string> {
  const fake = fakeIo({ cwd });
  const cacheDir = mkdtempSync(path.join(tmpdir(), 'phantom-guard-test-'));
  await main([...args, '--offline', '--no-data', '--cache-dir', cacheDir], fake.io);
  return fake.stdout() + fake.stderr();
}

const npm = writeProject({
  'package.json': { name: 'project', version: '1.0.0', dependencies: { 'new-kit': at('n.tgz') } },
  'package-lock.json': packageLock({
    'node_modules/remote-kit': { version: at('remote.tgz'), resolved: at('remote.tgz') },
    'node_modules/git-kit': { version: '1.0.0', resolved: `git+${HOST}/u/r.git#SECRET` },
    'node_modules/odd-kit': { version: '1.0.0', resolved: at('odd') },
    'node_modules/wrong-kit': { version: '1.0.0', resolved: at('evil-kit/-/evil-kit-1.0.0.tgz') },
    'node_modules/top-kit': { version: at('top.tgz'), dependencies: { 'inner-kit': at('inner.tgz') } },
    'node_modules/top-kit/node_modules/inner-kit': { version: '1.0.0', resolved: at('inner.tgz') },
  }),
});
const legacy = writeProject({
  'package.json': { name: 'project', version: '1.0.0', dependencies: { 'git-kit': `git+${HOST}/u/r.git` } },
  'package-lock.json': {
    name: 'project',
    version: '1.0.0',
    lockfileVersion: 1,
    dependencies: {
      'git-kit': { version: `git+${HOST}/u/r.git#SECRET`, from: `git+${HOST}/u/r.git` },
      'remote-kit': { version: at('remote.tgz') },
    },
  },
});
const ref = at('a.tgz').replace('#SECRET', '');
const pnpm = writeProject({
  'package.json': { name: 'project', version: '1.0.0', dependencies: { a: ref } },
  'pnpm-lock.yaml': `lockfileVersion: '9.0'
importers: {.: {dependencies: {a: {specifier: '${ref}', version: '${ref}'}, gone: {specifier: '${ref}', version: '${ref}'}}}}
packages: {'a@${ref}': {resolution: {tarball: '${ref}'}}, 'b@${ref}': {resolution: {tarball: '${ref}'}}}
snapshots: {'a@${ref}': {dependencies: {b: '${ref}'}}, 'b@${ref}': {}}
`,
});

describe('user, password and query of a URL are never told', () => {
  it.each([
    ['an npm lockfile', npm],
    ['an npm lockfile of version 1', legacy],
    ['a pnpm lockfile', pnpm],
  ])('by a check of %s', async (_, cwd) => {
    for (const format of ['json', 'text']) {
      const all = await said(['check', '.', '--all', '--verbose', '--format', format], cwd);
      expect(all).toContain('a URL');
      expect(all).not.toMatch(/SECRET|user:/);
    }
  });

  it.each(['validate', 'explain'])('by %s', async (command) => {
    for (const spec of [at('a.tgz'), `kit@${at('a.tgz')}`, `git+${HOST}/u/r.git#SECRET`, `x y@${at('a')}`]) {
      for (const format of ['json', 'text']) {
        expect(await said([command, spec, '--format', format], npm)).not.toMatch(/SECRET|user:/);
      }
    }
  });

  it.each(['wrong-kit', 'remote-kit', 'top-kit', 'evil-kit'])('by explain of %s', async (name) => {
    for (const format of ['json', 'text']) {
      const all = await said(['explain', name, '--format', format], npm);
      expect(all).toContain(name);
      expect(all).not.toMatch(/SECRET|user:/);
    }
  });
});
