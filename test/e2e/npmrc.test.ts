import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type FakeRegistry, packument, startFakeRegistry } from '../support/fake-registry.js';
import { packageLock, writeProject } from '../support/projects.js';
import { runCli } from '../support/run-cli.js';

const TOKEN = 'canary-5f0c2d';

let registries: FakeRegistry[] = [];
afterEach(async () => {
  for (const registry of registries) {
    registry.verify();
    await registry.close();
  }
  registries = [];
});

async function start(...args: Parameters<typeof startFakeRegistry>): Promise<FakeRegistry> {
  const registry = await startFakeRegistry(...args);
  registries.push(registry);
  return registry;
}

function projectWith(npmrc: string): string {
  return writeProject({
    'package.json': { name: 'p', dependencies: { 'widget-kit': '*', '@acme/internal': '*' } },
    'package-lock.json': packageLock({
      'node_modules/widget-kit': { version: '1.0.0' },
      'node_modules/@acme/internal': { version: '1.0.0' },
    }),
    '.npmrc': npmrc,
  });
}

async function check(project: string) {
  const cacheDir = mkdtempSync(path.join(tmpdir(), 'phantom-guard-cache-'));
  const args = ['check', '--format', 'json', '--downloads-url', 'none', '--cache-dir', cacheDir];
  return await runCli(args, { cwd: project, env: { ACME_TOKEN: TOKEN } });
}

describe("a project's .npmrc", () => {
  it('sends a scope to its own registry, with its token, and nothing of it anywhere else', async () => {
    const main = await start({ packages: { 'widget-kit': packument({ name: 'widget-kit' }) } });
    const acme = await start({
      packages: { '@acme/internal': packument({ name: '@acme/internal' }) },
      authorization: `Bearer ${TOKEN}`,
    });
    const { status, stdout, stderr } = await check(
      projectWith(
        [
          `registry=${main.url}`,
          `@acme:registry=${acme.url}`,
          `//127.0.0.1:${acme.port}/:_authToken=\${ACME_TOKEN}`,
        ].join('\n'),
      ),
    );
    expect(status).toBe(0);
    expect(main.names()).toEqual(['widget-kit']);
    expect(JSON.stringify(main.requests)).not.toContain(TOKEN);
    expect(acme.names()).toEqual(['@acme/internal']);
    expect(stdout + stderr).not.toContain(TOKEN);
  });

  it('makes a 404 in such a scope unknown, not an invented name', async () => {
    const main = await start({ packages: { 'widget-kit': packument({ name: 'widget-kit' }) } });
    const acme = await start({ absent: ['@acme/internal'] });
    const { status, report } = await check(projectWith(`registry=${main.url}\n@acme:registry=${acme.url}\n`));
    expect(status).toBe(2);
    expect(report()).toMatchObject({
      status: 'undecided',
      summary: { unknown: 1, notFound: 0 },
      packages: [{ name: '@acme/internal', risk: 'unknown', action: 'block' }],
    });
  });

  it('that names no URL is an error, not a question to the public registry', async () => {
    const { status, stdout } = await check(projectWith('registry=not a url\n'));
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'REGISTRY_CONFIG_INVALID' } });
  });
});
