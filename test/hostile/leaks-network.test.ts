import { afterEach, describe, expect, it } from 'vitest';
import { startFakeProxy } from '../support/fake-proxy.js';
import { packument, startFakeRegistry } from '../support/fake-registry.js';
import { packageLock, writeProject } from '../support/projects.js';
import { closeWorlds, type LeakWorld, NAME, openWorld, PRIVATE, secret, secretsIn } from './leak-world.js';
import { runRecorded } from './network.js';

afterEach(closeWorlds);

const base64 = (text: string): string => Buffer.from(text).toString('base64');

const CALL = [
  JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 't', version: '1' } },
  }),
  JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' }),
  JSON.stringify({
    jsonrpc: '2.0',
    id: 2,
    method: 'tools/call',
    params: { name: 'validate_packages', arguments: { specs: [NAME, PRIVATE] } },
  }),
  '',
].join('\n');
const HOOK = JSON.stringify({
  hook_event_name: 'PreToolUse',
  tool_name: 'Bash',
  tool_input: { command: `npm install ${NAME}` },
});

type Host = 'main' | 'corp' | 'feed';
const EVERYBODY: readonly Host[] = ['main', 'corp', 'feed'];
const hostsOf = (world: LeakWorld, hosts: readonly Host[]): readonly string[] =>
  hosts.map((host) => `127.0.0.1:${world[host].port}`).sort();

type Case = readonly [command: string, words: readonly string[], hosts: readonly Host[], stdin: string];

/** No word of a registry or a download service: what is configured is all that may be asked. */
const CASES: readonly Case[] = [
  ['check', ['check', '--no-data'], EVERYBODY, ''],
  ['check --workers 2', ['check', '--no-data', '--workers', '2', '--no-cache'], EVERYBODY, ''],
  ['check --offline', ['check', '--offline'], [], ''],
  ['check --docs', ['check', '--docs'], ['main', 'feed'], ''],
  ['validate', ['validate', PRIVATE], ['corp', 'feed'], ''],
  ['explain', ['explain', NAME], ['main', 'feed'], ''],
  ['accept', ['accept', `${NAME}@1.0.0`, '--reason', 'read it'], ['main', 'feed'], ''],
  ['agent-hook', ['agent-hook'], ['main', 'feed'], HOOK],
  ['doctor', ['doctor'], [], ''],
  ['doctor --format json', ['doctor', '--format', 'json'], [], ''],
  ['cache stats', ['cache', 'stats'], [], ''],
  ['cache path', ['cache', 'path'], [], ''],
  ['cache verify', ['cache', 'verify'], [], ''],
  ['cache clear', ['cache', 'clear'], [], ''],
  // It records the integrity that the registry publishes of the guard itself.
  ['init', ['init', '--yes'], ['main', 'feed'], ''],
  ['init --global', ['init', '--global', '--yes'], [], ''],
  ['scan', ['scan', '--names', '-'], [], `${NAME}\n`],
  ['--help', ['--help'], [], ''],
  ['--version', ['--version'], [], ''],
];

describe('leaks', () => {
  it.each(CASES)(
    '%s: asks exactly the hosts that are configured for it, and nobody else',
    async (_, words, hosts, stdin) => {
      const world = await openWorld({ mode: 'where all is well' });
      const run = await runRecorded(words, { ...world, stdin });
      expect(run.places, run.stdout + run.stderr).toEqual(hostsOf(world, hosts));
      expect(secretsIn(run.stdout + run.stderr)).toEqual([]);
      expect(world.written()).toEqual([]);
    },
  );

  it('the secrets that a request needs: each reaches the host that it is for', async () => {
    const world = await openWorld({ mode: 'where all is well' });
    await runRecorded(['check', '--no-data'], world);
    const sent = ({ requests }: LeakWorld['main']) => JSON.stringify(requests.map(({ headers }) => headers));
    expect(secretsIn(sent(world.corp))).toEqual([secret('Env')]);
    expect(secretsIn(sent(world.main))).toContain(base64(`ada:${secret('Url')}`));
    expect(sent(world.main)).not.toContain(secret('Env'));
    expect(secretsIn(world.feed.heads.join())).toEqual([
      secret('FeedQuery'),
      base64(`ada:${secret('Feed')}`),
    ]);
  });

  it('mcp: asks exactly the registries of the names, and its answers hold no secret', async () => {
    const world = await openWorld({ mode: 'where all is well' });
    const run = await runRecorded(['mcp', '--timeout-ms', '5000'], {
      ...world,
      stdin: CALL,
      until: '"id":2',
    });
    expect(run.stdout).toContain('"id":2');
    expect(run.places).toEqual(hostsOf(world, EVERYBODY));
    expect(secretsIn(run.stdout + run.stderr)).toEqual([]);
    expect(world.written()).toEqual([]);
  });

  it('npm install, refused by the guard: says and writes no secret, and asks nobody else', async () => {
    const world = await openWorld({ mode: 'where the registry fails (500)', status: 500 });
    const run = await runRecorded(['npm', 'install'], world);
    expect(run.status).not.toBe(0);
    expect(secretsIn(run.stdout + run.stderr), run.stdout + run.stderr).toEqual([]);
    // npm is led over servers of the guard's own, on this machine too; what the specs name is not asked.
    expect(run.places.filter((place) => !/^(?:lookup )?127\.0\.0\.1(?::|$)/.test(place))).toEqual([]);
  });
});

describe('leaks', () => {
  const documents = Object.fromEntries([NAME, PRIVATE].map((name) => [name, packument({ name })]));

  it('a scope with its own registry: its names go there, and to no other registry, download service, feed or redirect', async () => {
    const target = await startFakeRegistry({ packages: documents, downloads: {}, allowUnused: true });
    const proxy = await startFakeProxy({ targetPort: target.port });
    try {
      const cwd = writeProject({
        'package.json': { name: 'p', dependencies: { [NAME]: '*', [PRIVATE]: '*' } },
        'package-lock.json': packageLock({
          [`node_modules/${NAME}`]: { version: '1.0.0' },
          [`node_modules/${PRIVATE}`]: { version: '1.0.0' },
        }),
        '.npmrc': `registry=http://main.test/\n@zq-corp:registry=http://corp.test/\nproxy=${proxy.url}\nfetch-retries=0\n`,
        'README.md': `Run \`npm install ${PRIVATE}\`.\n`,
      });
      const world = await openWorld({ mode: 'where all is well' });
      const env = { ...world.env, NO_PROXY: '' };
      const counts = ['--downloads-url', 'http://counts.test/downloads', '--no-data', '--no-cache'];
      for (const words of [
        ['check'],
        ['check', '--verify-integrity'],
        ['check', '--docs'],
        ['validate', PRIVATE, NAME],
        ['explain', PRIVATE],
      ]) {
        const { places } = await runRecorded([...words, ...counts], { cwd, env });
        expect(places).toEqual([proxy.url.slice('http://'.length)]);
      }
      const asked = proxy.requests.map(({ url }) => url);
      const about = asked.filter((url) => /zq-corp|private-kelp/.test(url));
      expect([...new Set(about)]).toEqual(['http://corp.test/@zq-corp%2fprivate-kelp']);
      expect(new Set(asked.map((url) => new URL(url).host))).toEqual(
        new Set(['main.test', 'corp.test', 'counts.test']),
      );
    } finally {
      await proxy.close();
      await target.close();
    }
  });
});
