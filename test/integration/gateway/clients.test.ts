import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FakeProxy, startFakeProxy } from '../../support/fake-proxy.js';
import { pinnedClients, type RegistryClient, registryClients } from '../../support/registry-clients.js';
import { buildPlugin, type VerdaccioProgram, verdaccios } from '../../support/verdaccio.js';
import {
  type ClientInstall,
  filesOf,
  hasPrinted,
  installed,
  installWith,
  readLockfile,
} from './client-projects.js';
import { clientRows } from './client-table.js';
import { CHILD, type GatewayWorld, HEALTHY, LISTED, SQUAT, startWorld } from './support.js';

const { programs, skipped } = verdaccios();
const { clients, skipped: absent } = registryClients();
for (const reason of [...skipped, ...absent]) it.skip(reason);

const plugins = programs.length === 0 ? '' : buildPlugin();

/** All clients ask the newest Verdaccio; one of each way of fetching the older ones. */
function clientsOf(program: VerdaccioProgram): readonly RegistryClient[] {
  if (program === programs.at(-1)) return clients;
  return clients.filter(({ title }) => /^(?:npm 11|bun)/.test(title));
}

describe.each(programs)('through Verdaccio $version', (program) => {
  let world: GatewayWorld;
  let proxy: FakeProxy;
  let reason = '';
  beforeAll(async () => {
    world = await startWorld(program, plugins);
    // Whoever asks for a host beyond loopback is noted, and finds there one that speaks no TLS: no client tries that again.
    proxy = await startFakeProxy({ targetPort: Number(new URL(world.upstream.url).port) });
    reason = (await world.get(SQUAT)).headers.get('npm-notice') ?? '';
  });
  afterAll(async () => {
    await world?.close();
    await proxy?.close();
  });

  describe.each(clientsOf(program))('$title', (client) => {
    const told = clientRows().find((row) => row.client === client.title);
    const dependencies = { [SQUAT]: '^1.0.0' };
    let direct: Promise<ClientInstall> | undefined;
    let beyond = 0;
    beforeEach(() => {
      world.upstream.reset();
      beyond = proxy.requests.length;
    });

    const install = (registry: string, wanted: Readonly<Record<string, string>>, lockfile?: string) =>
      installWith(client, {
        registry,
        proxy: proxy.url,
        dependencies: wanted,
        ...(lockfile === undefined ? {} : { lockfile }),
      });
    const guarded = (lockfile?: string) => install(world.verdaccio.url, dependencies, lockfile);
    /** Made by the client without the gateway. */
    const lockfileOfSquat = async (): Promise<string> => {
      direct ??= install(world.upstream.url, dependencies);
      const lockfile = readLockfile(client, await direct);
      expect(lockfile).toContain(SQUAT);
      world.upstream.reset();
      return lockfile;
    };
    const hosts = (): readonly string[] => proxy.requests.slice(beyond).map(({ url }) => url);
    const expectRefused = (made: ClientInstall): void => {
      expect(made.run.status).not.toBe(0);
      expect(filesOf(SQUAT, made)).toEqual([]);
      expect(world.upstream.requestedTarballs()).toEqual([]);
    };
    const printed = ({ run }: ClientInstall): string => {
      if (hasPrinted(run, reason)) return 'the reason';
      return hasPrinted(run, '403') && hasPrinted(run, SQUAT) ? 'name, 403' : 'nothing';
    };

    it('cannot install a fresh squat by its name', async () => {
      const made = await guarded();
      expectRefused(made);
      expect(hosts()).toEqual([]);
      expect(printed(made)).toBe(told?.byName);
    });

    it('a lockfile with the address of the tarball does not get round it', async () => {
      const lockfile = await lockfileOfSquat();
      const made = await guarded(lockfile.replaceAll(world.upstream.url, world.verdaccio.url));
      expectRefused(made);
      expect(hosts()).toEqual([]);
      expect(printed(made)).toBe(told?.byLockfile);
    });

    it('asks for what a lockfile of the public registry has where the table says', async () => {
      const lockfile = await lockfileOfSquat();
      const ofPublic = client.asPublic(lockfile, world.upstream.url);
      if (ofPublic === lockfile) {
        // It names no address, so that it is the one of the case above.
        expect(told?.publicLockfile).toBe('the gateway');
        return;
      }
      const made = await guarded(ofPublic);
      expectRefused(made);
      const isElsewhere = hosts().length > 0;
      if (!isElsewhere) expect(hasPrinted(made.run, '403')).toBe(true);
      expect(isElsewhere ? [...new Set(hosts())].join() : 'the gateway').toBe(told?.publicLockfile);
    });

    it('asks for what a lockfile has at a third host where the table says', async () => {
      const lockfile = await lockfileOfSquat();
      if (!lockfile.includes(world.upstream.url)) {
        expect(told?.foreignLockfile).toBe('names no host');
        return;
      }
      const { run } = await guarded(lockfile);
      const isAsked = world.upstream.requestedTarballs().length > 0;
      expect(run.status === 0).toBe(isAsked);
      expect(isAsked ? 'that host' : 'nobody').toBe(told?.foreignLockfile);
    });

    it('takes another version where one is blocked', async () => {
      const made = await install(world.verdaccio.url, { [LISTED]: '^1.0.0' });
      expect(made.run.status).toBe(0);
      const manifest = readFileSync(path.join(made.project, 'node_modules', LISTED, 'package.json'), 'utf8');
      expect(JSON.parse(manifest)).toMatchObject({ version: '1.1.0' });
    });

    it('installs a healthy tree byte for byte as without the gateway', async () => {
      const wanted = { [HEALTHY]: '^2.0.0' };
      const made = [
        await install(world.upstream.url, wanted),
        await install(world.verdaccio.url, wanted),
      ] as const;
      expect(made.map(({ run }) => run.status)).toEqual([0, 0]);
      const [alone, through] = made.map(installed);
      expect(through).toEqual(alone);
      expect(through?.filter((line) => line.includes(CHILD)).length).toBeGreaterThan(1);
      expect(hosts()).toEqual([]);
    });
  });
});

describe('the table of clients in docs/fleet.md', () => {
  it('has a row for each client of test/support/toolchain.json, in its order', () => {
    expect(clientRows().map(({ client }) => client)).toEqual(pinnedClients());
  });
});
