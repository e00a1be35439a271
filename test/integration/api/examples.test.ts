import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { transformSync } from 'esbuild';
import { afterEach, describe, expect, it } from 'vitest';
import { type FakeRegistry, startFakeRegistry } from '../../support/fake-registry.js';
import { installGuard } from '../../support/installed-guard.js';
import { packageLock, writeProject } from '../../support/projects.js';
import { runProcess } from '../../support/run-process.js';

const INVENTED = 'express-jsonwebtoken-guard';
let registry: FakeRegistry | null = null;
afterEach(async () => {
  registry?.verify();
  await registry?.close();
  registry = null;
});

async function start(absent: readonly string[]): Promise<string> {
  registry = await startFakeRegistry({ absent });
  return registry.url;
}

const env = { PATH: process.env['PATH'] ?? '', HOME: writeProject({}) };

/** Runs an example as its readers do: in a project that has the built package, under its published name. */
async function run(example: string, argv: readonly string[], call = '') {
  const { code } = transformSync(readFileSync(`test/examples/${example}.ts`, 'utf8'), { loader: 'ts' });
  const answer = `console.log(JSON.stringify(await ${call}(...process.argv.slice(2))));\n`;
  const cwd = writeProject({ 'run.mjs': call === '' ? code : code + answer });
  installGuard(cwd);
  return await runProcess(process.execPath, ['run.mjs', ...argv], { cwd, env });
}

function project(registryUrl: string): string {
  const dependencies = { [INVENTED]: '1.0.0', 'widget-kit': 'git+https://127.0.0.1/widget-kit.git' };
  return writeProject({
    '.npmrc': `registry=${registryUrl}\n`,
    'package.json': { name: 'project', version: '1.0.0', dependencies },
    'package-lock.json': packageLock({
      [`node_modules/${INVENTED}`]: { version: '1.0.0', integrity: 'sha512-AAAA' },
      'node_modules/widget-kit': {
        version: '1.0.0',
        resolved: 'git+https://127.0.0.1/widget-kit.git#0123456789012345678901234567890123456789',
      },
    }),
  });
}

describe('the examples of the library', () => {
  it.each(['review-a-pull-request', 'before-writing-an-import', 'list-git-dependencies'])(
    '%s stands in docs/api.md as it is run',
    (example) => {
      expect(readFileSync('docs/api.md', 'utf8')).toContain(
        readFileSync(`test/examples/${example}.ts`, 'utf8'),
      );
    },
  );

  it('review-a-pull-request tells of what a branch adds, and ends with its status', async () => {
    const dir = writeProject({ 'package.json': { name: 'project', version: '1.0.0' } });
    const git = (...words: string[]) => execFileSync('git', ['-C', dir, ...words], { stdio: 'pipe' });
    git('init', '-q', '-b', 'main');
    git('add', '.');
    git('-c', 'user.name=x', '-c', 'user.email=x@localhost', 'commit', '-qm', 'x');
    const changed = project(await start([INVENTED]));
    for (const file of ['.npmrc', 'package.json', 'package-lock.json'])
      execFileSync('cp', [path.join(changed, file), dir]);
    const { status, stdout } = await run('review-a-pull-request', [dir, 'main']);
    expect(stdout).toContain(`${INVENTED}@1.0.0 is not-found; did you mean jsonwebtoken?`);
    expect(status).toBe(1);
  });

  it('before-writing-an-import answers with the established name, and with null for what is no name', async () => {
    const url = await start([INVENTED]);
    const asked = await run('before-writing-an-import', [INVENTED, url], 'nameToImport');
    expect(JSON.parse(asked.stdout)).toBe('jsonwebtoken');
    expect(JSON.parse((await run('before-writing-an-import', ['express', url], 'nameToImport')).stdout)).toBe(
      'express',
    );
  });

  it('list-git-dependencies reads a lockfile without judging it', async () => {
    const { stdout } = await run(
      'list-git-dependencies',
      [project('http://127.0.0.1:9/')],
      'gitDependencies',
    );
    expect(JSON.parse(stdout)).toEqual([expect.stringMatching(/^widget-kit from git\+https:/)]);
  });
});
