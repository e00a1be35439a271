import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/main.js';
import { fakeIo } from '../../support/fake-io.js';
import { type FakeRegistry, packument, startFakeRegistry } from '../../support/fake-registry.js';
import { packageLock, writeProject } from '../../support/projects.js';

const NAME = 'widget-kit';
const HASH = (letter: string) => `sha512-${letter.repeat(86)}==`;
const PUBLISHED = packument({
  name: NAME,
  versions: { '1.0.0': '2020-01-01T00:00:00Z', '2.0.0': '2021-01-01T00:00:00Z' },
  manifest: { dist: { integrity: HASH('A') } },
});

let registry: FakeRegistry | null = null;
afterEach(async () => {
  await registry?.close();
  registry = null;
});

async function explain(spec: string, cwd: string, format: 'json' | 'text' = 'json') {
  registry = await startFakeRegistry({ packages: { [NAME]: PUBLISHED }, downloads: { [NAME]: 9_000 } });
  const where = ['--registry', registry.url, '--downloads-url', registry.downloadsUrl, '--no-data'];
  const cacheDir = mkdtempSync(path.join(tmpdir(), 'phantom-guard-test-'));
  const fake = fakeIo({ cwd });
  const args = ['explain', spec, ...where, '--cache-dir', cacheDir, '--format', format];
  const { status } = await main(args, fake.io);
  const text = fake.stdout();
  return { status, text, json: format === 'json' ? JSON.parse(text) : null };
}

function projectWith(integrity: string | null): string {
  return writeProject({
    'package.json': { name: 'project', version: '1.0.0', dependencies: { 'other-kit': '*' } },
    'package-lock.json': packageLock({
      'node_modules/other-kit': { version: '1.0.0', dependencies: { [NAME]: '^1' } },
      [`node_modules/other-kit/node_modules/${NAME}`]: {
        version: '1.0.0',
        ...(integrity === null ? {} : { integrity }),
      },
    }),
  });
}

describe('explain', () => {
  it('speaks of the package as the project has it', async () => {
    const { status, json } = await explain(NAME, projectWith(HASH('A')));
    expect(status).toBe(0);
    expect(json.explanations).toMatchObject([{ name: NAME, version: '1.0.0' }]);
    expect(json.packages).toMatchObject([
      { direct: false, requestedBy: [['root', 'other-kit@1.0.0', `${NAME}@1.0.0`]] },
    ]);
    expect(json.explanations[0].answer.unknown.join()).not.toContain('not compared');
    expect(json.stats.integrityCompared).toBe(1);
  });

  it('tells that the lockfile pins other bytes, and where nothing could be compared', async () => {
    const { status, json } = await explain(`${NAME}@1.0.0`, projectWith(HASH('B')));
    expect(status).toBe(1);
    expect(json.explanations[0].signals.map(({ code }: { code: string }) => code)).toContain(
      'INTEGRITY_MISMATCH',
    );
    await registry?.close();
    const weak = await explain(NAME, projectWith('sha1-Kq5sNclPz7QV2+lfQIuc6R7oRu0='), 'text');
    expect(weak.text).toContain('(not compared)');
  });

  it.each([
    ['2.0.0', projectWith(HASH('A'))],
    ['2.0.0', writeProject({ 'yarn.lock': '' })],
    ['2.0.0', writeProject({})],
  ])('speaks of a direct dependency where the project has no version %s: %#', async (version, cwd) => {
    const { json } = await explain(`${NAME}@${version}`, cwd);
    expect(json.explanations).toMatchObject([{ name: NAME, version }]);
    expect(json.packages).toMatchObject([{ direct: true }]);
  });

  it('speaks of a direct dependency where the tree only mentions the name', async () => {
    const cwd = writeProject({
      'package.json': { name: 'project', version: '1.0.0' },
      'package-lock.json': packageLock({
        'node_modules/other-kit': {
          version: '1.0.0',
          peerDependencies: { [NAME]: '*' },
          peerDependenciesMeta: { [NAME]: { optional: true } },
        },
      }),
    });
    const { json } = await explain(NAME, cwd);
    expect(json.packages).toMatchObject([{ name: NAME, direct: true }]);
  });
});
