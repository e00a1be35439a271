import { chmodSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareSnapshots, takeSnapshot } from '../matrix/snapshot.js';
import { guardedUser, guardedWords, start } from '../support/guarded-process.js';
import { writeProject } from '../support/projects.js';
import { startTarballRegistry, type TarballRegistry } from '../support/tarball-registry.js';

let registry: TarballRegistry;
beforeAll(async () => {
  registry = await startTarballRegistry();
});
afterAll(() => registry.close());

/** A npm on the PATH that writes down how it is called and does `body`. */
async function withNpm(body: string, words: readonly string[]) {
  const tools = writeProject({ npm: `#!/bin/sh\necho "$*" >> "$0.log"\n${body}\n` });
  chmodSync(path.join(tools, 'npm'), 0o755);
  const cwd = writeProject({ 'package.json': { name: 'project', version: '1.0.0' } });
  const before = takeSnapshot(cwd);
  const PATH = [tools, process.env['PATH']].join(path.delimiter);
  const { status, stderr } = await start(guardedWords(...words), {
    ...guardedUser(registry.url, { PATH }),
    cwd,
  }).ended;
  const called = readFileSync(path.join(tools, 'npm.log'), 'utf8').trim().split('\n');
  return { status, stderr, called, untouched: compareSnapshots(before, takeSnapshot(cwd)) };
}

const UNTOUCHED = { manifests: true, lockfile: true, modules: true, rest: true };

describe('a npm that does not do what is expected', () => {
  it('and writes no lockfile installs nothing', async () => {
    const { status, stderr, called, untouched } = await withNpm('exit 0', ['npm', 'install']);
    expect(status).toBe(2);
    expect(stderr).toContain('LOCKFILE_UNREADABLE');
    expect(called).toEqual([expect.stringContaining('--package-lock-only')]);
    expect(untouched).toEqual(UNTOUCHED);
  });

  it.each(['echo not json', 'exit 3'])(
    'and can’t list the global packages (%s) updates none',
    async (body) => {
      const { status, called } = await withNpm(body, ['npm', 'update', '-g']);
      expect(called).toEqual([expect.stringContaining('ls --global')]);
      expect(status).not.toBe(0);
    },
  );
});
