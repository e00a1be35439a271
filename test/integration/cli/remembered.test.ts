import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Io } from '../../../src/cli/io.js';
import { main } from '../../../src/cli/main.js';
import type { Report } from '../../../src/model/report.js';
import { fakeIo } from '../../support/fake-io.js';
import { type FakeRegistry, packument, startFakeRegistry } from '../../support/fake-registry.js';
import { keyOfHome, readKeptFile, writeKeptFile } from '../../support/kept-files.js';
import { packageLock, writeFiles, writeProject } from '../../support/projects.js';

const DAY_MS = 24 * 60 * 60_000;
const LODASH = {
  version: '4.17.21',
  resolved: 'https://registry.npmjs.org/lodash/-/lodash-4.17.21.tgz',
  integrity: `sha512-${'A'.repeat(86)}==`,
};
const LOCKFILE = packageLock({ 'node_modules/lodash': LODASH });
const MANIFEST = { name: 'project', version: '1.0.0', dependencies: { lodash: '*' }, workspaces: ['apps/*'] };
/** A count that no judging arrives at: a report that has it was remembered. */
const MARK = 4711;

type Changes = Partial<Pick<Io, 'env' | 'nowMs'>>;

/** A project below a folder of its own, a home, and the checks that are made there. */
function place() {
  const above = writeProject({ 'project/package.json': MANIFEST, 'project/package-lock.json': LOCKFILE });
  const cwd = path.join(above, 'project');
  const { io: base } = fakeIo({ cwd });
  const folder = path.join(base.home, '.cache/phantom-guard/facts-v3/verdicts-v1');
  const files = () => (existsSync(folder) ? readdirSync(folder).map((name) => path.join(folder, name)) : []);
  return {
    above,
    cwd,
    home: base.home,
    store: path.dirname(folder),
    files,
    check: async (words: readonly string[] = [], changes: Changes = {}): Promise<Report> => {
      const { io, stdout } = fakeIo({ cwd });
      await main(['check', '--format', 'json', '--downloads-url', 'none', ...words], {
        ...io,
        env: base.env,
        home: base.home,
        ...changes,
      });
      return JSON.parse(stdout()) as Report;
    },
    /** Makes every remembered report tell of itself, and changes it otherwise. */
    mark: (change: (kept: { report: Report & { summary: object } }) => object = (kept) => kept) => {
      for (const file of files()) {
        const kept = readKeptFile(file);
        kept.report.summary.packages = MARK;
        writeKeptFile(file, change(kept), keyOfHome(base.home));
      }
    },
  };
}

async function markedPlace() {
  const made = place();
  expect((await made.check()).summary.packages).toBe(1);
  made.mark();
  return made;
}

function isRemembered({ summary }: Report): boolean {
  return summary.packages === MARK;
}

/** A variable in an .npmrc. */
const ZQ_PLACE = `$\{ZQ_PLACE}`;

/** A file that nobody has changed lately. */
function writeOld(folder: string, name: string, text: string): void {
  writeFiles(folder, { [name]: text });
  vi.spyOn(Date, 'now').mockImplementation(() => performance.timeOrigin + performance.now() + 60_000);
}

let registry: FakeRegistry | null = null;
afterEach(async () => {
  vi.restoreAllMocks();
  await registry?.close();
  registry = null;
});

describe('a verdict that is remembered', () => {
  it('is given again for the same bytes, and tells how long that took', async () => {
    const { check } = await markedPlace();
    const report = await check();
    expect(isRemembered(report)).toBe(true);
    expect(report.stats.elapsedMs).toBeLessThan(1000);
  });

  it('is what judging again comes to', async () => {
    const { check } = place();
    const first = await check(['--all']);
    const second = await check(['--all']);
    expect({ ...second, stats: { ...second.stats, elapsedMs: first.stats.elapsedMs } }).toEqual(first);
  });

  it.each<[string, (at: Awaited<ReturnType<typeof markedPlace>>) => void]>([
    ['the lockfile', ({ cwd }) => writeFiles(cwd, { 'package-lock.json': `${JSON.stringify(LOCKFILE)} ` })],
    ['package.json', ({ cwd }) => writeFiles(cwd, { 'package.json': { ...MANIFEST, version: '1.0.1' } })],
    ['another lockfile', ({ cwd }) => writeFiles(cwd, { 'pnpm-lock.yaml': 'lockfileVersion: "9.0"\n' })],
    ['a configuration of the project', ({ cwd }) => writeFiles(cwd, { 'phantom-guard.config.json': {} })],
    [
      'a configuration of the user',
      ({ home }) => writeFiles(home, { '.config/phantom-guard/config.json': {} }),
    ],
    [
      'an .npmrc of the project',
      ({ cwd }) => writeFiles(cwd, { '.npmrc': '@zq:registry=http://127.0.0.1:9/\n' }),
    ],
    ['an .npmrc of the user', ({ home }) => writeFiles(home, { '.npmrc': 'registry=http://127.0.0.1:9/\n' })],
    ['a project of the workspace', ({ cwd }) => writeFiles(cwd, { 'apps/a/package.json': { name: 'a' } })],
    [
      'a workspace around it',
      ({ above }) => writeFiles(above, { 'package.json': { workspaces: ['project'] } }),
    ],
    [
      'a link in place of a file',
      ({ cwd }) => symlinkSync('nowhere', path.join(cwd, 'phantom-guard.config.json')),
    ],
  ])('is not given after a change of %s', async (_, change) => {
    const at = await markedPlace();
    change(at);
    expect(isRemembered(await at.check())).toBe(false);
  });

  it.each([
    ['--fail-on', 'suspicious'],
    ['--registry', 'http://127.0.0.1:9/'],
    ['--no-data', '--offline'],
    ['--verify-integrity', '--offline'],
    ['--all'],
    ['--no-cache'],
  ])('is not given for other options: %s', async (...words) => {
    const { check } = await markedPlace();
    expect(isRemembered(await check(words))).toBe(false);
  });

  it('is not given in another environment', async () => {
    const { check, home } = await markedPlace();
    const env = { PATH: process.env['PATH'], HOME: home, npm_config_registry: 'http://127.0.0.1:9/' };
    expect(isRemembered(await check([], { env }))).toBe(false);
  });

  it('is given for a day, and not before it was made', async () => {
    const { check } = await markedPlace();
    const now = Date.now();
    const at = async (nowMs: number) => isRemembered(await check([], { nowMs: () => nowMs }));
    expect(await at(now + DAY_MS - 60_000)).toBe(true);
    expect(await at(now - DAY_MS)).toBe(false);
  });

  it('is not given after a day', async () => {
    const { check } = await markedPlace();
    expect(isRemembered(await check([], { nowMs: () => Date.now() + DAY_MS }))).toBe(false);
  });

  it('is not believed where it allows nothing, or is no verdict at all', async () => {
    const { check, mark, files } = await markedPlace();
    mark((kept) => ({ ...kept, report: { ...kept.report, status: 'blocked' } }));
    expect((await check()).status).toBe('allowed');
    for (const file of files()) writeFileSync(file, '{"report":');
    expect((await check()).summary.packages).toBe(1);
  });

  it('is not believed where another user can write', async () => {
    const { check, store } = await markedPlace();
    chmodSync(store, 0o777);
    expect(isRemembered(await check())).toBe(false);
  });

  it('goes with the cache', async () => {
    const { check, home, files } = await markedPlace();
    const { io } = fakeIo();
    await main(['cache', 'clear'], { ...io, env: { HOME: home }, home });
    expect(files()).toEqual([]);
    expect(isRemembered(await check())).toBe(false);
  });

  it('is not kept where a package is blocked or something could not be decided', async () => {
    const { check, cwd, files } = place();
    writeFiles(cwd, { 'package.json': { ...MANIFEST, dependencies: { 'zq-nobody-has-this': '*' } } });
    expect((await check(['--offline'])).status).toBe('undecided');
    expect(files()).toEqual([]);
  });

  it('is not kept while the cache cannot be written', async () => {
    const { check, home, files } = place();
    mkdirSync(path.join(home, '.cache/phantom-guard'), { recursive: true });
    writeFileSync(path.join(home, '.cache/phantom-guard/facts-v3'), '');
    expect((await check()).status).toBe('allowed');
    expect(files()).toEqual([]);
  });

  it('is kept once the facts come from the cache, and for as long as they are fresh', async () => {
    registry = await startFakeRegistry();
    registry.publish(packument({ name: 'zq-own-library' }));
    const { check, cwd, files } = place();
    rmSync(path.join(cwd, 'package-lock.json'));
    writeFiles(cwd, { 'package.json': { ...MANIFEST, dependencies: { 'zq-own-library': '*' } } });
    const words = ['--registry', registry.url];
    expect((await check(words)).status).toBe('allowed');
    expect(files()).toEqual([]);
    expect((await check(words)).stats).toMatchObject({ cacheHits: 1, registryRequests: 0 });
    expect(files()).toHaveLength(1);
    const kept = readKeptFile(files()[0] ?? '');
    expect(kept.untilMs).toBeLessThan(kept.madeAtMs + DAY_MS);
  });

  it('is not given for another folder that a link leads to by now', async () => {
    const { above, cwd, check, mark } = place();
    const link = path.join(above, 'current');
    symlinkSync(cwd, link);
    rmSync(path.join(cwd, 'package-lock.json'));
    expect((await check([link])).status).toBe('allowed');
    mark();
    expect(isRemembered(await check([link]))).toBe(true);
    writeFiles(above, {
      'other/package.json': MANIFEST,
      'other/apps/a/package.json': { name: 'a', dependencies: { 'zq-nobody-has-this': '*' } },
    });
    rmSync(link);
    symlinkSync(path.join(above, 'other'), link);
    expect((await check([link, '--offline'])).status).toBe('undecided');
    expect(isRemembered(await check([link]))).toBe(false);
  });

  it.each([
    ['nested', `@zq:registry=http://127.0.0.1:9/$\{a${ZQ_PLACE}}/`],
    ['escaped', '@zq:registry="http://127.0.0.1:9/\\u0024{ZQ_PLACE}/"'],
    ['in a list', `ca[]=${ZQ_PLACE}`],
  ])('is not given for another value of a variable that an .npmrc names: %s', async (_, line) => {
    const { cwd, home, check, mark, files } = place();
    writeOld(cwd, '.npmrc', `${line}\n`);
    const env = { PATH: process.env['PATH'], HOME: home, ZQ_PLACE: 'one' };
    await check([], { env });
    expect(files()).toHaveLength(1);
    mark();
    expect(isRemembered(await check([], { env }))).toBe(true);
    expect(isRemembered(await check([], { env: { ...env, ZQ_PLACE: 'two' } }))).toBe(false);
  });

  it('is not given in another folder, from which npm takes a path of an .npmrc', async () => {
    const { above, cwd, check, mark, files } = place();
    writeOld(cwd, '.npmrc', 'userconfig=other-npmrc\n');
    await check();
    expect(files()).toHaveLength(1);
    mark();
    const spy = vi.spyOn(process, 'cwd').mockReturnValue(above);
    const given = isRemembered(await check());
    spy.mockRestore();
    expect(given).toBe(false);
    expect(isRemembered(await check())).toBe(true);
  });

  it('is not given once a folder above is npm’s own, where the project has no package.json', async () => {
    const { above, cwd, check, mark, files } = place();
    rmSync(path.join(cwd, 'package.json'));
    await check();
    expect(files()).toHaveLength(1);
    mark();
    writeFiles(above, { 'node_modules/zq/index.js': '', '.npmrc': 'registry=http://127.0.0.1:9/\n' });
    expect(isRemembered(await check())).toBe(false);
  });

  it.each<[string, (at: ReturnType<typeof place>) => void]>([
    ['a folder', ({ above }) => mkdirSync(path.join(above, 'package.json'))],
    ['a link to nothing', ({ above }) => symlinkSync('nowhere', path.join(above, 'package.json'))],
    ['a link to nothing', ({ cwd }) => symlinkSync('nowhere', path.join(cwd, '.npmrc'))],
    ['a folder', ({ cwd }) => mkdirSync(path.join(cwd, '.npmrc'))],
    [
      'a link to nothing in a folder without package.json',
      ({ cwd }) => {
        rmSync(path.join(cwd, 'package.json'));
        symlinkSync('nowhere', path.join(cwd, 'node_modules'));
      },
    ],
    ['no regular file', ({ above }) => symlinkSync('/dev/zero', path.join(above, 'package.json'))],
  ])('is of no account where npm passes over %s', async (_, make) => {
    const at = place();
    make(at);
    expect((await at.check()).status).toBe('allowed');
  });

  it.runIf(process.platform !== 'win32')('is not waited for where a file is one no longer', async () => {
    const { check, cwd, mark } = await markedPlace();
    mark();
    rmSync(path.join(cwd, 'package-lock.json'));
    symlinkSync('/dev/zero', path.join(cwd, 'package-lock.json'));
    expect(await check()).toMatchObject({ error: { code: 'INPUT_UNREADABLE' } });
  });

  it('is kept where the user’s configuration is no file at all', async () => {
    const { check, home, files } = place();
    const env = { PATH: process.env['PATH'], HOME: home, npm_config_userconfig: '/dev/null' };
    await check([], { env });
    expect(files()).toHaveLength(1);
  });

  it('makes room for others', async () => {
    const { check, files } = await markedPlace();
    const [first = ''] = files();
    const old = path.dirname(first);
    for (let i = 0; i < 300; i++) writeFileSync(path.join(old, `${i}.json`), '{}');
    await check(['--all']);
    expect(files().length).toBeLessThan(200);
  });
});
