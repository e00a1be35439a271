import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { main } from '../../src/cli/main.js';
import { fakeIo } from '../support/fake-io.js';
import { type FakeRegistry, packument, startFakeRegistry } from '../support/fake-registry.js';
import { packageLock, writeFiles, writeProject } from '../support/projects.js';
import { closeRawServers, type RawServer, reply, startRawServer } from './raw-server.js';

/** A secret, by the place where it stands: found again wherever it turns up, also inside of base64. */
export const secret = (place: string): string => `zqcanary${place}`;
const base64 = (text: string): string => Buffer.from(text).toString('base64');

export const NAME = 'zq-harbour-kelp';
export const PRIVATE = '@zq-corp/private-kelp';

/** What every secret of the world looks like once it has been encoded for a header or a file. */
const ENCODED = ['Url', 'Auth', 'Password', 'Proxy', 'Feed'].flatMap((place) => [
  base64(`ada:${secret(place)}`),
  base64(secret(place)),
]);

/** The secrets in a text. */
export function secretsIn(text: string): readonly string[] {
  return [...(text.match(/zqcanary\w+/gi) ?? []), ...ENCODED.filter((one) => text.includes(one))];
}

export type LeakWorld = {
  readonly cwd: string;
  readonly home: string;
  readonly cacheDir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly main: FakeRegistry;
  readonly corp: FakeRegistry;
  readonly feed: RawServer;
  /** Runs a command in this process; everything that it says. */
  readonly run: (
    words: readonly string[],
    stdin?: string,
  ) => Promise<{ readonly status: number; readonly said: string }>;
  /** Secrets in files that the commands have written, by file. */
  readonly written: () => readonly string[];
};

/** How the world is to be broken. */
export type Mode = {
  readonly mode: string;
  readonly status?: number;
  readonly files?: (at: {
    readonly port: number;
    readonly feedUrl: string;
  }) => Readonly<Record<string, string | object>>;
  /** Lines of the project's .npmrc, after all others. */
  readonly npmrc?: readonly string[];
  /** The registries are at a port where nobody listens. */
  readonly down?: boolean;
  readonly tls?: boolean;
  readonly feedStatus?: number;
  readonly env?: Readonly<Record<string, string>>;
};

const worlds: (() => Promise<void>)[] = [];

export async function closeWorlds(): Promise<void> {
  for (const close of worlds.splice(0)) await close();
  await closeRawServers();
}

const URL_SECRETS = `ada:${secret('Resolved')}@`;

async function startRegistries({ status, tls = false }: Mode) {
  const faults =
    status === undefined
      ? {}
      : { '*': [{ kind: 'status', status, times: 'always', body: secret('Body') } as const] };
  const documents = [NAME, PRIVATE, 'zq-remote', 'zq-git'].map((name) => [name, packument({ name })]);
  const started = await Promise.all(
    ['main', 'corp'].map(() =>
      startFakeRegistry({ packages: Object.fromEntries(documents), allowUnused: true, faults, tls }),
    ),
  );
  worlds.push(...started.map((one) => one.close));
  return started as [FakeRegistry, FakeRegistry];
}

function lockAt(port: number): object {
  const query = `?token=${secret('Query')}#${secret('Fragment')}`;
  return packageLock({
    [`node_modules/${NAME}`]: {
      version: '1.0.0',
      resolved: `http://${URL_SECRETS}127.0.0.1:${port}/${NAME}/-/${NAME}-1.0.0.tgz${query}`,
    },
    [`node_modules/${PRIVATE}`]: { version: '1.0.0' },
    'node_modules/zq-remote': {
      version: '1.0.0',
      resolved: `https://${URL_SECRETS}files.test/x.tgz${query}`,
    },
    'node_modules/zq-git': {
      version: '1.0.0',
      resolved: `git+https://${secret('Git')}@git.test/x.git#${'a'.repeat(40)}`,
    },
    // Node reads these as URLs with a user, too.
    'node_modules/zq-odd-a': { version: '1.0.0', resolved: `https:${URL_SECRETS}files.test/x.tgz` },
    'node_modules/zq-odd-b': { version: '1.0.0', resolved: `https:\\\\${URL_SECRETS}files.test/x.tgz` },
    'node_modules/zq-odd-c': {
      version: '1.0.0',
      resolved: `https://ada:p/${secret('Slash')}@files.test/x.tgz`,
    },
    'node_modules/zq-odd-d': {
      version: '1.0.0',
      resolved: `https://ada:p ${secret('Blank')}@files.test/x.tgz`,
    },
    'node_modules/zq-odd-e': { version: '1.0.0', resolved: `git+ssh://git:${secret('Ssh')}@git.test/x.git` },
  });
}

function manifest(): object {
  return {
    name: 'project',
    version: '1.0.0',
    dependencies: {
      [NAME]: '*',
      [PRIVATE]: '*',
      'zq-remote': `https://${URL_SECRETS}files.test/x.tgz?token=${secret('Query')}`,
      'zq-git': `git+https://${secret('Git')}@git.test/x.git`,
    },
  };
}

/** A project and a user with a secret in every place that can hold one. */
export async function openWorld(mode: Mode): Promise<LeakWorld> {
  const [registry, corp] = await startRegistries(mode);
  const feed = await startRawServer(reply(mode.feedStatus ?? 200, '{"zq-listed":["1.0.0"]}'));
  const home = mkdtempSync(path.join(tmpdir(), 'phantom-guard-home-'));
  const cacheDir = path.join(home, 'cache');
  const temporary = path.join(home, 'tmp');
  mkdirSync(temporary);
  const at = (one: FakeRegistry): string => `//127.0.0.1:${mode.down ? 9 : one.port}/`;
  const protocol = mode.tls ? 'https' : 'http';
  const feedUrl = `http://127.0.0.1:${feed.port}/feed.json?key=${secret('FeedQuery')}`;
  const cwd = writeProject({
    'package.json': manifest(),
    'package-lock.json': lockAt(registry.port),
    'README.md': `Run \`npm install ${NAME}\` or \`npm install git+https://${secret('Docs')}@git.test/x.git\`\n`,
    '.npmrc': [
      `registry=${protocol}://ada:${secret('Url')}@${at(registry).slice(2)}`,
      `@zq-corp:registry=${protocol}:${at(corp)}`,
      `${at(corp)}:_authToken=\${NPM_TOKEN}`,
      'fetch-retries=0',
      'fetch-timeout=5000',
      ...(mode.npmrc ?? []),
      '',
    ].join('\n'),
    'phantom-guard.config.json': { feeds: [{ source: feedUrl }] },
    ...mode.files?.({ port: registry.port, feedUrl }),
  });
  writeFiles(home, {
    '.npmrc': [
      `//other.test/:_auth=${base64(`ada:${secret('Auth')}`)}`,
      `//127.0.0.1:${feed.port}/:_auth=${base64(`ada:${secret('Feed')}`)}`,
      '//third.test/:username=ada',
      `//third.test/:_password=${base64(secret('Password'))}`,
      `//fifth.test/:certfile=/nowhere/${secret('Cert')}.pem`,
      `//fifth.test/:keyfile=/nowhere/${secret('Key')}.pem`,
      // Without a line end: whoever adds a line changes this one.
      `//fourth.test/:_authToken=${secret('User')}`,
    ].join('\n'),
  });
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    TMPDIR: temporary,
    NPM_TOKEN: secret('Env'),
    HTTPS_PROXY: `http://ada:${secret('Proxy')}@127.0.0.1:9`,
    NO_PROXY: '127.0.0.1',
    PHANTOM_GUARD_CACHE_DIR: cacheDir,
    ...mode.env,
  };
  const before = snapshot([cwd, home]);
  return {
    cwd,
    home,
    cacheDir,
    env,
    main: registry,
    corp,
    feed,
    run: async (words, stdin) => {
      const fake = fakeIo({
        cwd,
        env,
        cacheSecret: secret('CacheKey').padEnd(48, '0'),
        ...(stdin === undefined ? {} : { stdin }),
      });
      const { status } = await main([...words], { ...fake.io, home });
      return { status, said: fake.stdout() + fake.stderr() };
    },
    written: () => leaksBeyond(before, [cwd, home]),
  };
}

function filesIn(folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name)),
  );
}

function snapshot(folders: readonly string[]): ReadonlyMap<string, readonly string[]> {
  return new Map(filesIn(folders).map((file) => [file, secretsIn(readFileSync(file, 'latin1'))]));
}

/** Files in which there are more secrets than before, and their names where they hold one. */
function leaksBeyond(
  before: ReadonlyMap<string, readonly string[]>,
  folders: readonly string[],
): readonly string[] {
  return filesIn(folders).flatMap((file) => {
    const more = secretsIn(readFileSync(file, 'latin1')).length > (before.get(file)?.length ?? 0);
    return more || secretsIn(file).length > 0
      ? [`${file}: ${secretsIn(readFileSync(file, 'latin1')).join(' ')}`]
      : [];
  });
}
