import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { startTarballRegistry, type TarballRegistry } from '../../support/tarball-registry.js';

const AGED = { ageDays: 100 };
let registry: TarballRegistry | null = null;
afterEach(async () => {
  await registry?.close();
  registry = null;
});

async function start(): Promise<TarballRegistry> {
  registry = await startTarballRegistry([
    {
      name: '@zq/one',
      versions: { '1.0.0': {}, '1.1.0': { files: { 'bin/a.js': 'a' }, manifest: BIN } },
      ...AGED,
    },
    { name: 'zq-liar', versions: { '1.0.0': { serves: { name: '@zq/one', version: '1.0.0' } } }, ...AGED },
    { name: 'zq-bare', versions: { '1.0.0': { withoutIntegrity: true } }, ageDays: 1, repository: null },
  ]);
  return registry;
}

const BIN = { bin: { a: 'bin/a.js' }, scripts: { install: 'exit 0' } };

type Document = {
  readonly repository?: unknown;
  readonly time: Record<string, string>;
  readonly 'dist-tags': { readonly latest: string };
  readonly versions: Record<
    string,
    { hasInstallScript?: boolean; dist: { tarball: string; integrity?: string } }
  >;
};

async function documentOf({ url }: TarballRegistry, name: string): Promise<Document> {
  return (await (await fetch(`${url}${name.replace('/', '%2f')}`)).json()) as Document;
}

async function bytesAt(url: string): Promise<Buffer> {
  return Buffer.from(await (await fetch(url)).arrayBuffer());
}

describe('the registry with tarballs', () => {
  it('serves a tarball that tar reads and that has the integrity of the document and the lockfile', async () => {
    const server = await start();
    const found = await documentOf(server, '@zq/one');
    expect(found['dist-tags'].latest).toBe('1.1.0');
    const { dist, hasInstallScript } = found.versions['1.1.0'] ?? { dist: { tarball: '' } };
    expect(hasInstallScript).toBe(true);
    const bytes = await bytesAt(dist.tarball);
    const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
    expect([dist.integrity, server.lockEntry('@zq/one', '1.1.0').integrity]).toEqual([integrity, integrity]);
    const listing = execFileSync('tar', ['-tvzf', '-'], { input: bytes, encoding: 'utf8' });
    expect(listing).toMatch(/-rw-r--r-- .*package\/package\.json\n-rwxr-xr-x .*package\/bin\/a\.js\n/);
    expect(server.requestedTarballs()).toEqual(['/@zq/one/-/one-1.1.0.tgz']);
    expect(server.requests[0]).toEqual({ method: 'GET', path: '/@zq%2fone' });
  });

  it('lies as it was told to', async () => {
    const server = await start();
    const liar = (await documentOf(server, 'zq-liar')).versions['1.0.0']?.dist;
    const other = (await documentOf(server, '@zq/one')).versions['1.0.0']?.dist;
    expect(await bytesAt(liar?.tarball ?? '')).toEqual(await bytesAt(other?.tarball ?? ''));
    expect(liar?.integrity).not.toBe(other?.integrity);
    const bare = await documentOf(server, 'zq-bare');
    expect(bare.versions['1.0.0']?.dist).toEqual({ tarball: `${server.url}zq-bare/-/zq-bare-1.0.0.tgz` });
    expect(bare.repository).toBeUndefined();
    expect(Date.now() - Date.parse(bare.time['created'] ?? '')).toBeLessThan(25 * 3_600_000);
  });

  it('answers 404 for what it does not have, download counts included', async () => {
    const { url, remoteUrl, downloadsUrl } = await start();
    const paths = ['zq-none', 'zq-bare/-/zq-bare-9.0.0.tgz', '../etc/passwd'];
    const urls = [...paths.map((one) => `${url}${one}`), `${downloadsUrl}/point/last-week/zq-bare`];
    const answers = await Promise.all([...urls, `${remoteUrl}files/none.tgz`].map((one) => fetch(one)));
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
  });
});
