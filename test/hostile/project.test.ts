import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createRepository } from '../support/git.js';
import { packageLock, writeFiles, writeProject } from '../support/projects.js';
import { CLI } from '../support/run-cli.js';
import { runProcess } from '../support/run-process.js';
import {
  closeWorlds,
  type Expected,
  expectReport,
  type Files,
  INTEGRITY,
  openWorld,
  squat,
} from './attack-world.js';

afterEach(closeWorlds);

const SQUAT = 'zq-squat';
const GONE = 'zq-invented';
const CONFIG = 'phantom-guard.config.json';
const SIGNALS = ['NOT_IN_SNAPSHOT', 'RECENTLY_CREATED', 'FEW_RELEASES', 'NO_REPOSITORY'];
const EXCEPTION = { name: SQUAT, version: '^1.0.0', signals: SIGNALS, reason: 'ours, read on Monday' };
const ACCEPTED = { exceptions: [EXCEPTION] };

const SERVED = { packages: Object.fromEntries([squat(SQUAT)]), absent: [GONE] };
const BLOCKED: Expected = { status: 1, packages: [{ name: SQUAT, risk: 'high-risk', action: 'block' }] };

function project(name: string | null, more: object = {}): Files {
  const dependencies = name === null ? {} : { [name]: '*' };
  const entries =
    name === null ? {} : { [`node_modules/${name}`]: { version: '1.0.0', integrity: INTEGRITY } };
  return {
    'package.json': { name: 'project', version: '1.0.0', dependencies, ...more },
    'package-lock.json': packageLock(entries),
  };
}

/** A change that brings a squat and a configuration, and what a check since the commit before it must say. */
type Change = {
  readonly attack: string;
  readonly must: string;
  readonly before?: Files;
  readonly after?: Files;
  readonly removed?: readonly string[];
  readonly words?: readonly string[];
  readonly served?: Parameters<typeof openWorld>[0];
  readonly expected: Expected;
  readonly isToldOf?: boolean;
};

const REFUSING = { faults: { [SQUAT]: [{ kind: 'status', status: 403, times: 'always' }] } } as const;
const UNDECIDED: Expected = {
  status: 2,
  error: 'REGISTRY_UNAVAILABLE',
  packages: [{ name: SQUAT, risk: 'unknown' }],
};
const BASE = 'the policy of the base counts, and the report says so';

const CHANGES: readonly Change[] = [
  {
    attack: 'a change that accepts what it brings',
    must: BASE,
    after: { [CONFIG]: ACCEPTED },
    expected: BLOCKED,
    isToldOf: true,
  },
  {
    attack: 'a change that accepts what it brings in package.json',
    must: BASE,
    after: project(SQUAT, { phantomGuard: ACCEPTED }),
    expected: BLOCKED,
    isToldOf: true,
  },
  {
    attack: 'a change that lets through what could not be judged',
    must: BASE,
    after: { [CONFIG]: { onUnavailable: 'allow' } },
    served: REFUSING,
    expected: UNDECIDED,
    isToldOf: true,
  },
  {
    attack: 'a change that takes the feed out which lists what it brings',
    must: BASE,
    before: { [CONFIG]: { feeds: ['bad.json'] }, 'bad.json': { express: ['1.0.0'] } },
    after: { ...project('express'), [CONFIG]: {} },
    expected: { status: 1, packages: [{ name: 'express', action: 'block' }] },
    isToldOf: true,
  },
  {
    attack: 'a change that lets suspicious packages pass again',
    must: BASE,
    before: { [CONFIG]: { thresholds: { safe: 0.0001, high: 0.0002 } } },
    after: { ...project('zq-healthy'), [CONFIG]: {} },
    served: { packages: { 'zq-healthy': healthy('zq-healthy') } },
    expected: { status: 1, packages: [{ name: 'zq-healthy', action: 'block' }] },
    isToldOf: true,
  },
  {
    attack: 'a change that deletes a strict configuration',
    must: BASE,
    before: { [CONFIG]: { thresholds: { safe: 0.0001, high: 0.0002 } } },
    after: project('zq-healthy'),
    removed: [CONFIG],
    served: { packages: { 'zq-healthy': healthy('zq-healthy') } },
    expected: { status: 1, packages: [{ name: 'zq-healthy', action: 'block' }] },
    isToldOf: true,
  },
  {
    attack: 'a configuration that was there before the change',
    must: 'counts',
    before: { [CONFIG]: ACCEPTED },
    expected: { status: 0 },
  },
  {
    attack: 'a configuration that the user names with --config',
    must: 'counts, whatever the change did to it',
    after: { [CONFIG]: ACCEPTED },
    words: ['--config', CONFIG],
    expected: { status: 0 },
  },
];

function healthy(name: string): Record<string, unknown> {
  const at = '2020-01-01T00:00:00.000Z';
  return {
    name,
    description: `What ${name} does, said in one sentence`,
    'dist-tags': { latest: '1.0.0' },
    versions: { '1.0.0': { name, version: '1.0.0', dist: {} } },
    time: { created: at, '1.0.0': at },
    maintainers: [{ name: 'someone' }],
    repository: { type: 'git', url: `git+https://git.example.test/${name}.git` },
  };
}

describe('project', () => {
  it.each(CHANGES.map((one) => [`${one.attack}, judged with --since: ${one.must}`, one] as const))(
    '%s',
    async (_, one) => {
      const repository = createRepository({ ...project(null), ...one.before });
      repository.write({
        ...project(SQUAT),
        ...one.after,
        ...Object.fromEntries((one.removed ?? []).map((name) => [name, null])),
      });
      const { run } = await openWorld({ ...SERVED, ...one.served });
      const ran = await run(['check', '--since', 'HEAD', ...(one.words ?? [])], { cwd: repository.dir });
      expectReport(ran, one.expected);
      const told = ran.report().notices.some((notice) => notice.includes('is not what it was at HEAD'));
      expect(told).toBe(one.isToldOf === true);
    },
  );
});

/** What a configuration of a project says, and what a check must make of it. */
type Setting = {
  readonly attack: string;
  readonly must: string;
  readonly files: Files;
  readonly home?: Files;
  readonly expected: Expected;
};

const INVALID: Expected = { status: 2, error: 'CONFIG_INVALID', packages: [], asked: [] };
const NOBODYS: Expected = { status: 1, packages: [{ name: GONE, risk: 'not-found', action: 'block' }] };

const SETTINGS: readonly Setting[] = [
  {
    attack: 'thresholds that nothing reaches',
    must: 'do not count',
    files: { ...project(SQUAT), [CONFIG]: { thresholds: { safe: 0.99, high: 1 } } },
    expected: BLOCKED,
  },
  {
    attack: 'an exception for what nobody owns',
    must: 'does not count',
    files: {
      ...project(GONE),
      [CONFIG]: { exceptions: [{ ...EXCEPTION, name: GONE, signals: ['NOT_FOUND'] }] },
    },
    expected: NOBODYS,
  },
  {
    attack: 'an exception for every version',
    must: 'is refused',
    files: { ...project(SQUAT), [CONFIG]: { exceptions: [{ ...EXCEPTION, version: '*' }] } },
    expected: INVALID,
  },
  {
    attack: 'an exception for every name',
    must: 'is refused',
    files: { ...project(SQUAT), [CONFIG]: { exceptions: [{ ...EXCEPTION, name: '*' }] } },
    expected: INVALID,
  },
  {
    attack: 'an exception for every signal',
    must: 'is refused',
    files: { ...project(SQUAT), [CONFIG]: { exceptions: [{ ...EXCEPTION, signals: ['*'] }] } },
    expected: INVALID,
  },
  {
    attack: 'an exception that has ended',
    must: 'does not count',
    files: { ...project(SQUAT), [CONFIG]: { exceptions: [{ ...EXCEPTION, expires: '2020-01-01' }] } },
    expected: BLOCKED,
  },
  {
    attack: 'an exception for other bytes',
    must: 'does not count',
    files: {
      ...project(SQUAT),
      [CONFIG]: { exceptions: [{ ...EXCEPTION, integrity: `sha512-${'C'.repeat(86)}==` }] },
    },
    expected: BLOCKED,
  },
  {
    attack: 'an exception where the user wants none of projects',
    must: 'does not count',
    files: { ...project(SQUAT), [CONFIG]: ACCEPTED },
    home: { '.config/phantom-guard/config.json': { projectExceptions: false } },
    expected: BLOCKED,
  },
  {
    attack: 'a project that speaks for the user',
    must: 'is refused',
    files: { ...project(SQUAT), [CONFIG]: { projectExceptions: true } },
    expected: INVALID,
  },
  {
    attack: 'a cache in the project',
    must: 'is no key of a configuration',
    files: { ...project(SQUAT), [CONFIG]: { cacheDir: './cache' } },
    expected: INVALID,
  },
  {
    attack: 'a store that is a folder of the project',
    must: 'is refused',
    files: { ...project(SQUAT), [CONFIG]: { store: './store' } },
    expected: INVALID,
  },
  {
    attack: 'a store on a host of the project',
    must: 'is not used',
    files: { ...project(SQUAT), [CONFIG]: { store: 'redis://attacker.invalid' } },
    expected: BLOCKED,
  },
  {
    attack: 'a key __proto__',
    must: 'is refused',
    files: { ...project(SQUAT), [CONFIG]: `{"__proto__":{"failOn":"high-risk"}}` },
    expected: INVALID,
  },
  {
    attack: 'a key that is there twice',
    must: 'is refused',
    files: { ...project(SQUAT), [CONFIG]: '{"feeds":["a"],"feeds":[]}' },
    expected: INVALID,
  },
  {
    attack: 'two configurations',
    must: 'are refused',
    files: { ...project(SQUAT, { phantomGuard: {} }), [CONFIG]: {} },
    expected: INVALID,
  },
  {
    attack: '100,000 brackets for a configuration',
    must: 'are refused',
    files: { ...project(SQUAT), [CONFIG]: '['.repeat(100_000) },
    expected: INVALID,
  },
  {
    attack: 'a configuration of 2 MB',
    must: 'is refused',
    files: { ...project(SQUAT), [CONFIG]: `{${' '.repeat(2_000_000)}}` },
    expected: { status: 2, error: 'CONFIG_UNREADABLE' },
  },
  {
    attack: 'a feed with secrets of the machine',
    must: 'is an error that holds none of them',
    files: { ...project(SQUAT), [CONFIG]: { feeds: ['/proc/self/environ'] } },
    expected: { ...BLOCKED, error: 'FEED_UNREADABLE' },
  },
  {
    attack: 'a feed that is gone',
    must: 'leaves the run undecided',
    files: { ...project('express'), [CONFIG]: { feeds: ['gone.json'] } },
    expected: { status: 2, error: 'FEED_UNREADABLE' },
  },
  {
    attack: 'a .npmrc with a registry that nobody can reach',
    must: 'is undecided, and the user’s registry is not asked',
    files: { ...project(SQUAT), '.npmrc': 'registry=http://127.0.0.1:9/\nfetch-retries=0\n' },
    expected: { ...UNDECIDED, asked: [] },
  },
  {
    attack: 'a .npmrc with a proxy that nobody can reach',
    must: 'is undecided, and nobody is asked without it',
    files: {
      ...project(SQUAT),
      '.npmrc': 'proxy=http://127.0.0.1:9/\nhttps-proxy=http://127.0.0.1:9/\nfetch-retries=0\n',
    },
    expected: { ...UNDECIDED, asked: [] },
  },
  {
    attack: 'a .npmrc with a registry that is no URL',
    must: 'is an error, and nobody is asked',
    files: { ...project(SQUAT), '.npmrc': 'registry=evil\n' },
    expected: { status: 2, error: 'REGISTRY_CONFIG_INVALID', asked: [] },
  },
];

describe('project', () => {
  it.each(SETTINGS.map((one) => [`${one.attack}: ${one.must}`, one] as const))('%s', async (_, one) => {
    const { run } = await openWorld(SERVED);
    const ran = await run(['check'], { cwd: writeProject(one.files), ...(one.home && { home: one.home }) });
    expectReport(ran, one.expected);
    expect(ran.stdout + ran.stderr).not.toContain('PATH=');
  });
});

/** Runs the built program in a project, with the project's own folders first on the PATH. */
async function checkIn(
  cwd: string,
  registry: string,
  words: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
) {
  const home = mkdtempSync(path.join(tmpdir(), 'zq-home-'));
  writeFileSync(path.join(home, '.npmrc'), `registry=${registry}\n`);
  const all = [CLI, 'check', '--format', 'json', '--no-cache', '--downloads-url', 'none', ...words];
  const run = await runProcess(process.execPath, all, {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: home, ...env },
    timeoutMs: 20_000,
  });
  return { ...run, error: run.stdout === '' ? null : (JSON.parse(run.stdout).error?.code ?? null) };
}

type NoEnd = readonly [attack: string, prepare: (dir: string) => void, error: string];

const pipe = (dir: string, name: string) => execFileSync('mkfifo', [path.join(dir, name)]);
const link = (dir: string, name: string, target: string) => symlinkSync(target, path.join(dir, name));
const npmrc = (line: string) => (dir: string) => writeFileSync(path.join(dir, '.npmrc'), `${line}\n`);

/** Files without an end, wherever a project can name one. */
const NO_ENDS: readonly NoEnd[] = [
  ['a configuration that links to /dev/zero', (dir) => link(dir, CONFIG, '/dev/zero'), 'CONFIG_UNREADABLE'],
  [
    'a configuration that links to a file of /proc without an end',
    (dir) => link(dir, CONFIG, '/proc/self/pagemap'),
    'CONFIG_UNREADABLE',
  ],
  ['a configuration that is a pipe', (dir) => pipe(dir, CONFIG), 'CONFIG_UNREADABLE'],
  ['a configuration that links to nothing', (dir) => link(dir, CONFIG, 'nowhere'), 'CONFIG_UNREADABLE'],
  ['a .npmrc that links to /dev/zero', (dir) => link(dir, '.npmrc', '/dev/zero'), 'REGISTRY_CONFIG_INVALID'],
  [
    'a .npmrc that links to a file of /proc without an end',
    (dir) => link(dir, '.npmrc', '/proc/self/pagemap'),
    'REGISTRY_CONFIG_INVALID',
  ],
  ['a .npmrc that is a pipe', (dir) => pipe(dir, '.npmrc'), 'REGISTRY_CONFIG_INVALID'],
  ['a .npmrc that names /dev/zero as userconfig', npmrc('userconfig=/dev/zero'), 'REGISTRY_CONFIG_INVALID'],
  [
    'a .npmrc that names /dev/zero as globalconfig',
    npmrc('globalconfig=/dev/zero'),
    'REGISTRY_CONFIG_INVALID',
  ],
  ['a .npmrc that names /dev/zero as cafile', npmrc('cafile=/dev/zero'), 'REGISTRY_CONFIG_INVALID'],
  [
    'a .npmrc that names a pipe as cafile',
    (dir) => {
      pipe(dir, 'ca');
      npmrc(`cafile=${dir}/ca`)(dir);
    },
    'REGISTRY_CONFIG_INVALID',
  ],
  [
    'a .npmrc that names /dev/zero as certfile',
    npmrc('//127.0.0.1/:certfile=/dev/zero'),
    'REGISTRY_CONFIG_INVALID',
  ],
  [
    'a feed that links to /dev/zero',
    (dir) => {
      link(dir, 'feed.json', '/dev/zero');
      writeFileSync(path.join(dir, CONFIG), '{"feeds":["feed.json"]}');
    },
    'FEED_UNREADABLE',
  ],
  [
    'a feed that is a pipe',
    (dir) => {
      pipe(dir, 'feed.json');
      writeFileSync(path.join(dir, CONFIG), '{"feeds":["feed.json"]}');
    },
    'FEED_UNREADABLE',
  ],
];

describe('project', () => {
  it
    .skipIf(process.platform !== 'linux')
    .each(
      NO_ENDS.map(([attack, ...rest]) => [`${attack}: is an error of its own, and ends`, ...rest] as const),
    )('%s', async (_, prepare, error) => {
    const dir = writeProject(project('express'));
    prepare(dir);
    const run = await checkIn(dir, 'http://127.0.0.1:9/', ['--offline']);
    expect([run.status, run.error]).toEqual([2, error]);
  });

  it('a configuration behind a link out of the project: is read, and loosens no more than its own', async () => {
    const dir = writeProject(project(SQUAT));
    link(
      dir,
      CONFIG,
      path.join(writeProject({ 'loose.json': { thresholds: { safe: 0.99, high: 1 } } }), 'loose.json'),
    );
    const { run } = await openWorld(SERVED);
    const ran = await run(['check'], { cwd: dir });
    expectReport(ran, BLOCKED);
    expect(ran.report().notices.join()).toContain('cannot raise thresholds');
  });
});

/** Programs of a project that tell when somebody starts them. */
function withPrograms(dir: string): string {
  const mark = path.join(dir, 'started');
  for (const folder of ['.', 'node_modules/.bin', 'bin']) {
    mkdirSync(path.join(dir, folder), { recursive: true });
    for (const name of ['node', 'npm', 'npx', 'git', 'pnpm', 'sh', 'evil-shell']) {
      const file = path.join(dir, folder, name);
      writeFileSync(file, `#!/bin/sh\necho ${folder}/${name} >> ${mark}\nexit 1\n`);
      chmodSync(file, 0o755);
    }
  }
  return mark;
}

const SYSTEM = process.env['PATH'] ?? '';

describe('project', () => {
  it.each([
    [
      'node_modules/.bin first on the PATH, with a node, npm and git of its own',
      (dir: string) => ({ PATH: `${dir}/node_modules/.bin:${SYSTEM}` }),
    ],
    ['a dot first on the PATH, with a node, npm and git in the project', () => ({ PATH: `.:${SYSTEM}` })],
    ['an empty part of the PATH, which means the project', () => ({ PATH: `:${SYSTEM}` })],
    [
      'a folder of the project on the PATH without a slash',
      () => ({ PATH: `node_modules/.bin:bin:${SYSTEM}` }),
    ],
  ] as const)('%s: check starts none of them', async (_, envFor) => {
    const { dir, write } = createRepository(project(null));
    write(project(SQUAT));
    const mark = withPrograms(dir);
    const { registry } = await openWorld(SERVED);
    const run = await checkIn(dir, registry.url, ['--since', 'HEAD'], envFor(dir));
    expect([run.status, run.error, existsSync(mark)]).toEqual([1, null, false]);
  });

  it.each([
    ['script-shell', (dir: string) => `script-shell=${dir}/evil-shell`],
    ['shell', (dir: string) => `shell=${dir}/evil-shell`],
    ['git', (dir: string) => `git=${dir}/git`],
    ['node-options', (dir: string) => `node-options=--require ${dir}/evil.cjs`],
    ['editor and viewer', (dir: string) => `editor=${dir}/evil-shell\nviewer=${dir}/evil-shell`],
    ['init-module', (dir: string) => `init-module=${dir}/evil.cjs`],
    ['onload-script', (dir: string) => `onload-script=${dir}/evil.cjs`],
  ] as const)(
    'a .npmrc with %s: check starts nothing by it, and judges as without it',
    async (_, lineFor) => {
      const dir = writeProject(project(SQUAT));
      const mark = withPrograms(dir);
      writeFiles(dir, {
        '.npmrc': `${lineFor(dir)}\n`,
        'evil.cjs': `require('node:fs').writeFileSync(${JSON.stringify(mark)}, 'loaded')`,
      });
      const { registry } = await openWorld(SERVED);
      const run = await checkIn(dir, registry.url);
      expect([run.status, run.error, existsSync(mark)]).toEqual([1, null, false]);
    },
  );

  it.each([
    ['npm_config_registry', (url: string) => ({ npm_config_registry: url })],
    ['NPM_CONFIG_REGISTRY in upper case', (url: string) => ({ NPM_CONFIG_REGISTRY: url })],
  ] as const)('a registry by %s: is asked in the place of the user’s, as npm does it', async (_, envFor) => {
    const { registry } = await openWorld(SERVED);
    const run = await checkIn(writeProject(project(SQUAT)), 'http://127.0.0.1:9/', [], envFor(registry.url));
    expect([run.status, registry.names()]).toEqual([1, [SQUAT]]);
  });

  it.each([
    'npm_config_offline',
    'npm_config_ignore_scripts',
    'npm_config_force',
    'npm_config_dry_run',
    'npm_config_legacy_peer_deps',
  ])('%s in the environment: takes nothing out of the verdict', async (name) => {
    const { registry } = await openWorld(SERVED);
    const run = await checkIn(writeProject(project(SQUAT)), registry.url, [], { [name]: 'true' });
    expect(run.status).toBe(1);
  });

  it('a project with variables of ours in its .npmrc: does not set them', async () => {
    const { registry } = await openWorld(SERVED);
    const lines = [
      'phantom-guard-home=/tmp',
      'PHANTOM_GUARD_OPTIONS=--offline',
      'fail-on=none',
      'no-cache=true',
    ];
    const run = await checkIn(writeProject({ ...project(SQUAT), '.npmrc': lines.join('\n') }), registry.url);
    expect(run.status).toBe(1);
  });
});
