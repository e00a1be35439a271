import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/main.js';
import { fakeIo } from '../../support/fake-io.js';
import { type FakeRegistry, packument, startFakeRegistry } from '../../support/fake-registry.js';
import { packageLock, writeProject } from '../../support/projects.js';

const NAME = 'zq-accept-widget';
const FRESH = new Date(Date.now() - 2 * 86_400_000).toISOString();
const squat = packument({ name: NAME, created: FRESH, versions: { '1.0.0': FRESH }, repository: null });

let registry: FakeRegistry | null = null;
afterEach(async () => {
  await registry?.close();
  registry = null;
});

async function run(words: readonly string[], cwd: string, absent: readonly string[] = []) {
  registry = await startFakeRegistry({
    packages:
      absent.length > 0 ? {} : { [NAME]: squat, 'zq-accept-fine': packument({ name: 'zq-accept-fine' }) },
    absent: [...absent],
    allowUnused: true,
  });
  const { io, stdout, stderr } = fakeIo({ cwd, env: { GIT_AUTHOR_NAME: 'Ada', CI: 'true' } });
  const where = ['--registry', registry.url, '--downloads-url', 'none', '--no-cache'];
  const { status } = await main([...words, ...where], io);
  await registry.close();
  return { status, stdout: stdout(), stderr: stderr() };
}

function project(versions: readonly string[]): string {
  const [first = '1.0.0', ...others] = versions;
  return writeProject({
    'package.json': { name: 'project', version: '1.0.0', dependencies: { [NAME]: '*' } },
    'package-lock.json': packageLock({
      [`node_modules/${NAME}`]: { version: first },
      ...Object.fromEntries(
        others.map((version, index) => [`node_modules/other${index}/node_modules/${NAME}`, { version }]),
      ),
    }),
  });
}

const CONFIG = 'phantom-guard.config.json';

describe('accept', () => {
  it('writes an exception for each version in the project that the spec means', async () => {
    const cwd = project(['1.0.0', '1.2.0', '2.0.0']);
    expect(await run(['accept', `${NAME}@^1`, '--reason', 'read both'], cwd)).toMatchObject({ status: 0 });
    const { exceptions } = JSON.parse(readFileSync(path.join(cwd, CONFIG), 'utf8')) as {
      exceptions: { version: string; author: string; reason: string }[];
    };
    expect(exceptions.map(({ version }) => version)).toEqual(['1.0.0', '1.2.0']);
    expect(exceptions[0]).toMatchObject({ author: 'Ada', reason: 'read both' });
    expect(await run(['accept', `${NAME}@^1`, '--reason', 'read both'], cwd)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('accepted already') as string,
    });
  });

  it('takes the latest version where no project has the package', async () => {
    const cwd = writeProject({ '.keep': '' });
    const { status, stdout } = await run(['accept', NAME, '--reason', 'read it', '--format', 'json'], cwd);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      accepted: [{ change: 'added', exception: { name: NAME, version: '1.0.0', integrity: null } }],
    });
  });

  it('says whether the bytes are pinned', async () => {
    const words = ['accept', NAME, '--reason', 'read it'];
    expect((await run(words, project(['1.0.0']))).stdout).toContain('not pinned');
    const pinned = { version: '1.0.0', integrity: `sha512-${'A'.repeat(86)}==` };
    const cwd = writeProject({
      'package.json': { name: 'project', version: '1.0.0', dependencies: { [NAME]: '*' } },
      'package-lock.json': packageLock({ [`node_modules/${NAME}`]: pinned }),
    });
    expect((await run(words, cwd)).stdout).toMatch(/phantom-guard\.config\.json\n$/);
  });

  it('writes nothing for what nothing stands against, nor for what nobody could judge', async () => {
    const cwd = writeProject({ '.keep': '' });
    expect((await run(['accept', 'zq-accept-fine', '--reason', 'fine'], cwd)).stdout).toContain(
      'nothing to accept',
    );
    const offline = await run(['accept', NAME, '--reason', 'read it', '--offline'], cwd);
    expect(offline.status).toBe(2);
    expect(offline.stderr).toContain('could not be judged');
    expect(existsSync(path.join(cwd, CONFIG))).toBe(false);
  });

  it('refuses a name that nobody owns for a project, and a spec of which nobody knows the version', async () => {
    const cwd = project(['1.0.0']);
    const refused = await run(['accept', NAME, '--reason', 'private'], cwd, [NAME]);
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain('NOT_FOUND');
    const unknown = await run(['accept', 'zq-accept-gone', '--reason', 'private'], cwd, ['zq-accept-gone']);
    expect(unknown.stderr).toContain('which version');
    expect(await run(['accept', NAME, '--reason', 'private', '--global'], cwd, [NAME])).toMatchObject({
      status: 0,
    });
  });

  it.each([
    [['accept']],
    [['accept', NAME]],
    [['accept', NAME, 'b', '--reason', 'x']],
    [['accept', NAME, '--reason', ' ']],
  ])('wants one spec and a reason: %j', async (words) => {
    expect((await run(words, writeProject({ '.keep': '' }))).status).toBe(2);
  });
});

describe('a check with the configuration of a project', () => {
  it('says in the text what was excepted, noted and let through', async () => {
    const cwd = project(['1.0.0']);
    await run(['accept', NAME, '--reason', 'read it'], cwd);
    const { status, stdout } = await run(['check', '.'], cwd);
    expect(status).toBe(0);
    expect(stdout).toContain(`accepted by the project: ${NAME}@1.0.0`);
    const explained = await run(['explain', NAME], cwd);
    expect(explained.stdout).toContain('accepted by the project');
  });

  it('ends undecided without its feeds', async () => {
    const cwd = project(['1.0.0']);
    await run(['accept', NAME, '--reason', 'read it'], cwd);
    const config = JSON.parse(readFileSync(path.join(cwd, CONFIG), 'utf8')) as object;
    const other = writeProject({ 'loose.json': { ...config, feeds: ['gone.json', 'gone-too.json'] } });
    const { status, stdout } = await run(['check', '.', '--config', path.join(other, 'loose.json')], cwd);
    expect(status).toBe(2);
    expect(stdout).toContain('and 1 more');
  });
});
