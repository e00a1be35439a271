import { execFileSync } from 'node:child_process';
import {
  closeSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  renameSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { guarded, healthy, installed, PROGRAM } from '../integration/wrap/support.js';
import { writeProject } from '../support/projects.js';
import { CLI } from '../support/run-cli.js';
import { runProcess } from '../support/run-process.js';
import { startTarballRegistry } from '../support/tarball-registry.js';
import { closeWorlds, expectReport, INTEGRITY, openWorld } from './attack-world.js';

afterEach(closeWorlds);

const GOOD = 'zq-good';
const GONE = 'zq-invented';
const DEEP = 100_000;

function lockOf(...names: readonly string[]): string {
  const entries = names.map((name) => [`node_modules/${name}`, { version: '1.0.0', integrity: INTEGRITY }]);
  const dependencies = Object.fromEntries(names.map((name) => [name, '*']));
  return JSON.stringify({
    lockfileVersion: 3,
    packages: { '': { dependencies }, ...Object.fromEntries(entries) },
  });
}

/** A lockfile of packages of which each asks for the next, and the last for the first. */
function chainOf(length: number, more: (index: number) => object): string {
  const entries = Array.from({ length }, (_, index) => {
    const dependencies = { [`zq-${(index + 1) % length}`]: '*' };
    return [
      `node_modules/zq-${index}`,
      { version: '1.0.0', integrity: INTEGRITY, dependencies, ...more(index) },
    ];
  });
  const packages = { '': { dependencies: { 'zq-0': '*' } }, ...Object.fromEntries(entries) };
  return JSON.stringify({ lockfileVersion: 3, packages });
}

/** Runs the built program, in a process of its own, with so much heap. */
async function checkWithin(heapMb: number, cwd: string) {
  const home = mkdtempSync(path.join(tmpdir(), 'zq-home-'));
  writeFileSync(path.join(home, '.npmrc'), 'registry=http://127.0.0.1:9/\n');
  const words = ['check', '--format', 'json', '--offline', '--no-cache'];
  const run = await runProcess(process.execPath, [`--max-old-space-size=${heapMb}`, CLI, ...words], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: home },
  });
  const report = JSON.parse(run.stdout) as { error: { code: string } | null; summary: { packages: number } };
  return { status: run.status, error: report.error?.code ?? null, packages: report.summary.packages };
}

const nested = (open: string, inner: string, close: string) =>
  `${open.repeat(DEEP)}${inner}${close.repeat(DEEP)}`;

/** Files that nest 100,000 levels deep, and what is said of them. */
const NESTED: readonly (readonly [
  what: string,
  must: string,
  file: string,
  text: string,
  error: string | null,
])[] = [
  [
    'dependencies of version 1',
    'is an error of its own',
    'package-lock.json',
    `{"lockfileVersion":1,"dependencies":${nested('{"zq":{"version":"1.0.0","dependencies":', '{}', '}}')}}`,
    'LOCKFILE_UNREADABLE',
  ],
  [
    'a value that nobody reads',
    'does not matter',
    'package-lock.json',
    `{"lockfileVersion":3,"packages":{},"x":${nested('[', '', ']')}}`,
    null,
  ],
  [
    'a key of packages',
    'is an error of its own',
    'package-lock.json',
    `{"lockfileVersion":3,"packages":{"${'node_modules/zq/'.repeat(DEEP)}node_modules/zq":{}}}`,
    'LOCKFILE_UNREADABLE',
  ],
  [
    'lists in YAML',
    'is an error of its own',
    'pnpm-lock.yaml',
    `lockfileVersion: '9.0'\nx: ${nested('[', '', ']')}\n`,
    'LOCKFILE_UNREADABLE',
  ],
  [
    'maps in YAML',
    'is an error of its own',
    'pnpm-lock.yaml',
    `lockfileVersion: '9.0'\nx: ${nested('{a: ', '1', '}')}\n`,
    'LOCKFILE_UNREADABLE',
  ],
  [
    'peers of a dependency path',
    'is an error of its own, or none',
    'pnpm-lock.yaml',
    `lockfileVersion: '9.0'\nimporters:\n  .: {}\npackages:\n  ? 'zq@1.0.0${nested('(', 'a@1.0.0', ')')}'\n  : {resolution: {directory: zq, type: directory}}\n`,
    null,
  ],
];

describe('lockfiles', () => {
  it.each(
    NESTED.map(
      ([what, must, ...rest]) =>
        [`${DEEP.toLocaleString('en-US')} levels of ${what}: ${must}`, ...rest] as const,
    ),
  )('%s', async (_, file, text, error) => {
    const { run } = await openWorld();
    const ran = await run(['check'], { cwd: writeProject({ 'package.json': '{}', [file]: text }) });
    expectReport(ran, error === null ? { status: 0 } : { status: 2, error, asked: [] });
  });

  it('a chain of 20,000 packages that nobody knows: every one is judged, and the paths to all of them end', async () => {
    const cwd = writeProject({ 'package-lock.json': chainOf(20_000, () => ({})) });
    const { run } = await openWorld();
    const ran = await run(['check', '--offline', '--no-data'], { cwd });
    const { error, summary, packages } = JSON.parse(ran.stdout);
    expect([ran.status, error.code, summary.packages]).toEqual([2, 'REGISTRY_UNAVAILABLE', 20_000]);
    expect(packages.at(-1).requestedBy[0]).toHaveLength(41);
  });

  it('a chain of 100,000 packages with an invented one at its end: is judged to the end', async () => {
    const text = chainOf(DEEP, (index) => (index === DEEP - 1 ? { name: GONE } : { name: 'express' }));
    const { run } = await openWorld({ absent: [GONE] });
    const ran = await run(['check'], { cwd: writeProject({ 'package-lock.json': text }) });
    expect(ran.report().summary).toMatchObject({ packages: DEEP, notFound: 1 });
    expectReport(ran, { status: 1, packages: [{ name: GONE }], asked: [`/${GONE}`] });
  });

  it('300,000 packages: are refused before any is judged, within 1 GB of heap', async () => {
    const entries = Array.from({ length: 300_000 }, (_, index) => `"node_modules/zq-${index}":{}`).join(',');
    const cwd = writeProject({ 'package-lock.json': `{"lockfileVersion":3,"packages":{${entries}}}` });
    expect(await checkWithin(1_024, cwd)).toEqual({ status: 2, error: 'INPUT_TOO_LARGE', packages: 0 });
  });

  it.each(['package-lock.json', 'pnpm-lock.yaml'])(
    'a %s of 200 MB: is refused unread, within 64 MB of heap',
    async (name) => {
      const cwd = writeProject({ 'package.json': '{}' });
      const file = openSync(path.join(cwd, name), 'w');
      writeSync(file, '{"lockfileVersion":3,"packages":{}}');
      ftruncateSync(file, 200_000_000);
      closeSync(file);
      expect(await checkWithin(64, cwd)).toEqual({ status: 2, error: 'INPUT_TOO_LARGE', packages: 0 });
    },
  );

  it('a lockfile of 120 MB of blanks: is judged within 512 MB of heap', async () => {
    const text = `{"lockfileVersion":3,"packages":{}${' '.repeat(120_000_000)}}`;
    const cwd = writeProject({ 'package-lock.json': text });
    expect(await checkWithin(512, cwd)).toEqual({ status: 0, error: null, packages: 0 });
  });
});

type LinkCase = {
  readonly attack: string;
  readonly must: string;
  readonly target: string;
  readonly error: string | null;
};

const LINKS: readonly LinkCase[] = [
  {
    attack: 'a lockfile behind a link in the project',
    must: 'is read',
    target: 'elsewhere.json',
    error: null,
  },
  {
    attack: 'a link to nothing',
    must: 'is an error, and not taken for no lockfile',
    target: 'nowhere',
    error: 'INPUT_NOT_FOUND',
  },
  {
    attack: 'a link to itself',
    must: 'is an error of its own',
    target: 'package-lock.json',
    error: 'INPUT_UNREADABLE',
  },
  { attack: 'a link to a folder', must: 'is an error of its own', target: '.', error: 'INPUT_UNREADABLE' },
  {
    attack: 'a link to /dev/zero',
    must: 'is an error of its own, and nothing is read',
    target: '/dev/zero',
    error: 'INPUT_UNREADABLE',
  },
  {
    attack: 'a link to /dev/null',
    must: 'is an error of its own',
    target: '/dev/null',
    error: 'INPUT_UNREADABLE',
  },
  {
    attack: 'a link to a file of /proc without an end',
    must: 'is an error of its own',
    target: '/proc/self/pagemap',
    error: 'INPUT_UNREADABLE',
  },
  {
    attack: 'a link to a file with secrets',
    must: 'is an error that holds none of them',
    target: '/proc/self/environ',
    error: 'LOCKFILE_UNREADABLE',
  },
];

const hasProc = process.platform === 'linux';

describe('lockfiles', () => {
  it.skipIf(!hasProc).each(LINKS.map((one) => [`${one.attack}: ${one.must}`, one] as const))(
    '%s',
    async (_, one) => {
      const cwd = writeProject({ 'package.json': '{}', 'elsewhere.json': lockOf(GOOD) });
      symlinkSync(one.target, path.join(cwd, 'package-lock.json'));
      const home = mkdtempSync(path.join(tmpdir(), 'zq-home-'));
      const words = [CLI, 'check', '--format', 'json', '--offline', '--no-cache'];
      const env = {
        PATH: process.env['PATH'] ?? '',
        HOME: home,
        ZQ_CANARY: 'zq-canary-4711',
        npm_config_registry: 'http://127.0.0.1:9/',
      };
      const run = await runProcess(process.execPath, words, { cwd, env });
      const report = JSON.parse(run.stdout);
      expect([run.status, report.error?.code]).toEqual([2, one.error ?? 'REGISTRY_UNAVAILABLE']);
      expect(run.stdout + run.stderr).not.toContain('zq-canary');
    },
  );

  it.each(['package-lock.json', 'package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml'])(
    'a pipe for %s: is an error of its own, and nobody waits for a writer',
    async (name) => {
      const files = {
        'package.json': { packageManager: name.startsWith('pnpm') ? 'pnpm@10.0.0' : 'npm@10.0.0' },
      };
      const cwd = writeProject(name === 'package.json' ? {} : files);
      execFileSync('mkfifo', [path.join(cwd, name)]);
      const { run } = await openWorld();
      expectReport(await run(['check'], { cwd }), { status: 2, error: 'INPUT_UNREADABLE', asked: [] });
    },
  );
});

describe('lockfiles', () => {
  it('a lockfile that is rewritten all the time: each run judges one state of it, or says that it is none', async () => {
    const cwd = writeProject({ 'package.json': '{}', 'package-lock.json': lockOf(GOOD) });
    const file = path.join(cwd, 'package-lock.json');
    const { run } = await openWorld({ packages: {}, absent: [GONE, GOOD] });
    const texts = [
      lockOf(GOOD),
      lockOf(GOOD, GONE),
      lockOf(GOOD).slice(0, 40),
      `${lockOf(GOOD)}${' '.repeat(5_000_000)}`,
    ];
    let turn = 0;
    const writer = setInterval(() => writeFileSync(file, texts[turn++ % texts.length] ?? ''), 1);
    const seen: string[] = [];
    try {
      for (let round = 0; round < 20; round++) {
        const { status, report } = await run(['check'], { cwd });
        const { error, summary } = report();
        seen.push(`${status} ${error?.code ?? '-'} ${summary.notFound} of ${summary.packages}`);
      }
    } finally {
      clearInterval(writer);
    }
    const allowed = ['1 - 1 of 1', '1 - 2 of 2', '2 LOCKFILE_UNREADABLE 0 of 0'];
    expect(seen.filter((one) => !allowed.includes(one))).toEqual([]);
  });

  it('a lockfile that was swapped since an allowed check, with its size and times kept: is judged anew', async () => {
    const [good, bad] = [lockOf(GOOD), lockOf(GONE)].map((text) => text.padEnd(400)) as [string, string];
    const cwd = writeProject({ 'package.json': '{}', 'package-lock.json': good });
    const { registry } = await openWorld({ absent: [GONE] });
    registry.publish(healthyDocument());
    const cacheDir = mkdtempSync(path.join(tmpdir(), 'zq-cache-'));
    const { main } = await import('../../src/cli/main.js');
    const { fakeIo } = await import('../support/fake-io.js');
    const { io: user } = fakeIo();
    const check = async () => {
      const { io, stdout } = fakeIo({ cwd });
      const words = [
        'check',
        '--format',
        'json',
        '--downloads-url',
        'none',
        '--registry',
        registry.url,
        '--cache-dir',
        cacheDir,
      ];
      await main(words, { ...io, env: user.env, home: user.home });
      return JSON.parse(stdout()).status as string;
    };
    const file = path.join(cwd, 'package-lock.json');
    expect([await check(), await check()]).toEqual(['allowed', 'allowed']);
    const { atime, mtime, size } = statSync(file);
    writeFileSync(`${file}.new`, bad);
    utimesSync(`${file}.new`, atime, mtime);
    renameSync(`${file}.new`, file);
    expect(statSync(file).size).toBe(size);
    expect(await check()).toBe('blocked');
  });

  it('a lockfile that was replaced by a pipe since an allowed check: is an error of its own', async () => {
    const cwd = writeProject({ 'package.json': '{}', 'package-lock.json': lockOf('express') });
    const home = mkdtempSync(path.join(tmpdir(), 'zq-home-'));
    const env = { PATH: process.env['PATH'] ?? '', HOME: home, npm_config_registry: 'http://127.0.0.1:9/' };
    const words = [CLI, 'check', '--format', 'json', '--downloads-url', 'none'];
    const check = () => runProcess(process.execPath, words, { cwd, env, timeoutMs: 20_000 });
    expect([(await check()).status, (await check()).status]).toEqual([0, 0]);
    unlinkSync(path.join(cwd, 'package-lock.json'));
    execFileSync('mkfifo', [path.join(cwd, 'package-lock.json')]);
    const { status, stdout } = await check();
    expect([status, JSON.parse(stdout).error.code]).toEqual([2, 'INPUT_UNREADABLE']);
  });

  it('a lockfile that was swapped between an allowed check and a guarded npm ci: is refused before a tarball is asked for', async () => {
    const SQUAT = 'zq-squat';
    const registry = await startTarballRegistry([
      healthy(GOOD),
      { name: SQUAT, ageDays: 1, versions: { '1.0.0': { files: PROGRAM } }, repository: null },
    ]);
    const project = (name: string) => {
      const root = { name: 'project', version: '1.0.0', dependencies: { [name]: '1.0.0' } };
      const packages = { '': root, [`node_modules/${name}`]: registry.lockEntry(name, '1.0.0') };
      return {
        root,
        lock: { name: 'project', version: '1.0.0', lockfileVersion: 3, requires: true, packages },
      };
    };
    const [good, bad] = [project(GOOD), project(SQUAT)];
    const cwd = writeProject({ 'package.json': good.root, 'package-lock.json': good.lock });
    const home = mkdtempSync(path.join(tmpdir(), 'zq-home-'));
    expect((await guarded(registry, ['check'], { cwd, home })).status).toBe(0);
    writeFileSync(path.join(cwd, 'package.json'), JSON.stringify(bad.root));
    writeFileSync(path.join(cwd, 'package-lock.json'), JSON.stringify(bad.lock));
    expect((await guarded(registry, ['npm', 'ci'], { cwd, home })).status).toBe(1);
    expect([installed(cwd), registry.requestedTarballs()]).toEqual([[], []]);
    await registry.close();
  });
});

function healthyDocument(): Record<string, unknown> {
  const created = '2020-01-01T00:00:00.000Z';
  const person = { name: 'someone' };
  return {
    name: GOOD,
    description: 'What zq-good does, said in one sentence',
    'dist-tags': { latest: '1.0.0' },
    versions: { '1.0.0': { name: GOOD, version: '1.0.0', dist: {} } },
    time: { created, '1.0.0': created },
    maintainers: [person],
    repository: { type: 'git', url: 'git+https://git.example.test/zq-good.git' },
  };
}
