import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { strangerPrepared } from '../../../src/gate/prepared-git.js';
import { writeProject } from '../../support/projects.js';

const SHA = '0123456789012345678901234567890123456789';

/** What the gate of an npm says that was started in the project of these files to prepare these URLs. */
async function strangerIn(files: Readonly<Record<string, object>>, ...urls: readonly string[]) {
  const env = { PATH: process.env['PATH'], npm_config_local_prefix: writeProject(files) };
  const npm = spawn('sleep', ['30'], { env, stdio: 'ignore' });
  await new Promise((resolve) => npm.once('spawn', resolve));
  const prepared = { _PACOTE_NO_PREPARE_: urls.join('\n') };
  try {
    return await strangerPrepared(prepared, { pid: npm.pid ?? 0, started: '-', boot: '-' });
  } finally {
    npm.kill();
  }
}

const asking = (spec: string) => ({ 'package.json': { name: 'p', dependencies: { 'zq-one': spec } } });

describe.skipIf(!existsSync('/proc/self/environ'))('a git dependency that npm prepares', () => {
  it.each([
    ['git+https://git.example.test/a/zq-one.git', `git+https://git.example.test/a/zq-one.git#${SHA}`],
    ['git+https://git.example.test/a/zq-one#main', `git+https://git.example.test/a/zq-one.git#${SHA}`],
    ['Owner/zq-one#semver:^1', `git+ssh://git@github.com/owner/zq-one.git#${SHA}`],
    ['gitlab:owner/zq-one', `git+https://gitlab.com/owner/zq-one.git#${SHA}`],
  ])('is no stranger where package.json asks for %s', async (spec, url) => {
    expect(await strangerIn(asking(spec), url)).toBe(null);
  });

  it('is none where a workspace asks for it', async () => {
    const member = { name: 'm', devDependencies: { 'zq-one': 'github:owner/zq-one' } };
    const files = { 'package.json': { name: 'p', workspaces: ['m'] }, 'm/package.json': member };
    expect(await strangerIn(files, `git+ssh://git@github.com/owner/zq-one.git#${SHA}`)).toBe(null);
  });

  it('is one where nobody asks for it, for another one, or for a range of its name', async () => {
    const url = `git+ssh://git@github.com/owner/zq-one.git#${SHA}`;
    for (const files of [
      {},
      asking('other/zq-one'),
      asking('^1.0.0'),
      asking('git+https://gitlab.com/owner/zq-one'),
    ])
      expect(await strangerIn(files, url)).toBe(url);
  });

  it('is one where another git dependency asks for it', async () => {
    const [first, second] = ['one', 'two'].map(
      (name) => `git+ssh://git@github.com/owner/zq-${name}.git#${SHA}`,
    );
    expect(await strangerIn(asking('owner/zq-two'), first ?? '', second ?? '')).toBe(second);
  });

  it('is not what any other npm works on', async () => {
    expect(await strangerIn({})).toBe(null);
  });
});
