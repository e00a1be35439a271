import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { main } from '../../../src/cli/main.js';
import type { Report } from '../../../src/model/report.js';
import { fakeIo } from '../../support/fake-io.js';
import { type FakeRegistry, packument, startFakeRegistry } from '../../support/fake-registry.js';
import { packageLock, writeFiles, writeProject } from '../../support/projects.js';

const OWN = { version: '1.0.0', integrity: `sha512-${'A'.repeat(86)}==` };
const registries: FakeRegistry[] = [];

async function startRegistry(authorization?: string): Promise<FakeRegistry> {
  const auth = authorization === undefined ? {} : { authorization };
  const made = await startFakeRegistry({ ...auth, packages: { '@zq/own': packument({ name: '@zq/own' }) } });
  registries.push(made);
  return made;
}

/** A project with a scope of its own, whose files are none that have just been written. */
function place(npmrc: string) {
  vi.spyOn(Date, 'now').mockImplementation(() =>
    Math.round(performance.timeOrigin + performance.now() + 60_000),
  );
  const cwd = writeProject({
    '.npmrc': npmrc,
    'package.json': { name: 'project', version: '1.0.0', dependencies: { '@zq/own': '*' } },
    'package-lock.json': packageLock({ 'node_modules/@zq/own': OWN }),
  });
  const { io: base } = fakeIo({ cwd });
  const store = path.join(base.home, '.cache/phantom-guard/facts-v3');
  const folder = path.join(store, 'registries-v1');
  return {
    cwd,
    folder,
    forgetFacts: () => {
      for (const name of ['index-v5', 'verdicts-v1'])
        rmSync(path.join(store, name), { recursive: true, force: true });
    },
    files: () => (existsSync(folder) ? readdirSync(folder).map((name) => path.join(folder, name)) : []),
    check: async (words: readonly string[] = []): Promise<Report> => {
      const { io, stdout } = fakeIo({ cwd });
      const argv = ['check', '--format', 'json', '--downloads-url', 'none', ...words];
      await main(argv, { ...io, env: base.env, home: base.home });
      return JSON.parse(stdout()) as Report;
    },
  };
}

afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all(registries.splice(0).map((one) => one.close()));
});

describe('which registries are responsible', () => {
  it('is kept without credentials, which are read again for a request', async () => {
    const { url } = await startRegistry('Bearer zq-secret');
    const token = `${url.replace('http:', '')}:_authToken=zq-secret`;
    const at = place(`@zq:registry=${url}\n${token}\n`);
    expect((await at.check()).stats.registryRequests).toBe(1);
    expect(at.files()).toHaveLength(1);
    const kept = readFileSync(at.files()[0] ?? '', 'utf8');
    expect(kept).toContain(url);
    expect(kept).not.toContain('zq-secret');
    at.forgetFacts();
    expect(await at.check()).toMatchObject({ status: 'allowed', stats: { registryRequests: 1 } });
  });

  it('is forgotten with a change of an .npmrc', async () => {
    const [one, other] = [await startRegistry(), await startRegistry()];
    const at = place(`@zq:registry=${one.url}\n`);
    await at.check();
    writeFiles(at.cwd, { '.npmrc': `@zq:registry=${other.url}\n` });
    await at.check();
    expect([one.names(), other.names()]).toEqual([['@zq/own'], ['@zq/own']]);
  });

  it('is told to the memory of verdicts, so that they are not given after a change either', async () => {
    const [one, other] = [await startRegistry(), await startRegistry()];
    const at = place(`@zq:registry=${one.url}\n`);
    for (const words of [[], ['--all'], ['--all']]) await at.check(words);
    expect(at.files()).toHaveLength(1);
    writeFiles(at.cwd, { '.npmrc': `@zq:registry=${other.url}\n` });
    await at.check(['--all']);
    expect(other.names()).toEqual(['@zq/own']);
  });

  it('is read anew where the file is none of ours, and is not kept without a cache', async () => {
    const { url } = await startRegistry();
    const at = place(`@zq:registry=${url}\n`);
    expect((await at.check(['--no-cache'])).status).toBe('allowed');
    expect(at.files()).toEqual([]);
    await at.check();
    for (const file of at.files()) writeFileSync(file, '{"places":');
    expect((await at.check(['--all'])).status).toBe('allowed');
  });

  it('is said of command lines apart', async () => {
    const [one, other] = [await startRegistry(), await startRegistry()];
    const at = place(`@zq:registry=${one.url}\n`);
    await at.check();
    writeFiles(at.cwd, { '.npmrc': '' });
    await at.check(['--registry', other.url]);
    await at.check(['--registry', other.url]);
    expect(other.names()).toEqual(['@zq/own']);
    expect(at.files()).toHaveLength(2);
  });
});
