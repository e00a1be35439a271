import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Log } from 'sarif';
import { afterEach, describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/main.js';
import { fakeIo } from '../../support/fake-io.js';
import { type FakeRegistry, startFakeRegistry } from '../../support/fake-registry.js';
import { packageLock, writeProject } from '../../support/projects.js';
import { faultsInSarif } from '../../support/sarif-schema.js';

const INVENTED = 'zq-invented';

let registry: FakeRegistry;
afterEach(async () => {
  registry.verify();
  await registry.close();
});

type Place = { readonly file: string; readonly line: number };

/** Where the one finding in `place` is said to be. */
async function locate(place: string, env: Readonly<Record<string, string>> = {}): Promise<Place> {
  registry = await startFakeRegistry({ absent: [INVENTED] });
  const { io, stdout } = fakeIo({ env });
  const where = ['--registry', registry.url, '--downloads-url', 'none', '--no-cache'];
  await main(['check', place, '--format', 'sarif', ...where], io);
  const log: Log = JSON.parse(stdout());
  expect(faultsInSarif(log)).toEqual([]);
  const [result] = log.runs[0]?.results ?? [];
  const physical = result?.locations?.[0]?.physicalLocation;
  return { file: physical?.artifactLocation?.uri ?? '', line: physical?.region?.startLine ?? 0 };
}

const dependencies = { [INVENTED]: '1.0.0' };
const locked = { [`node_modules/${INVENTED}`]: { version: '1.0.0', integrity: 'sha512-AAAA' } };
const manifest = { name: 'project', version: '1.0.0', dependencies };

function lineIn(file: string, text: string): number {
  return (
    readFileSync(file, 'utf8')
      .split('\n')
      .findIndex((line) => line.includes(text)) + 1
  );
}

describe('the place of a finding', () => {
  it('is its entry in the lockfile', async () => {
    const dir = writeProject({ 'package.json': manifest, 'package-lock.json': packageLock(locked) });
    const line = lineIn(path.join(dir, 'package-lock.json'), `node_modules/${INVENTED}`);
    expect(await locate(dir)).toEqual({ file: 'package-lock.json', line });
  });

  it('is relative to the repository that the project is in', async () => {
    const root = writeProject({
      '.git/HEAD': 'ref: refs/heads/main',
      'my apps/web/package.json': manifest,
      'my apps/web/package-lock.json': packageLock(locked),
    });
    const { file } = await locate(path.join(root, 'my apps/web'));
    expect(file).toBe('my%20apps/web/package-lock.json');
  });

  it('is relative to the workspace of a job of GitHub Actions, and to nothing else that the variable names', async () => {
    const root = writeProject({ 'web/package.json': manifest, 'web/package-lock.json': packageLock(locked) });
    expect((await locate(path.join(root, 'web'), { GITHUB_WORKSPACE: root })).file).toBe(
      'web/package-lock.json',
    );
    await registry.close();
    const elsewhere = mkdtempSync(path.join(tmpdir(), 'phantom-guard-elsewhere-'));
    expect((await locate(path.join(root, 'web'), { GITHUB_WORKSPACE: elsewhere })).file).toBe(
      'package-lock.json',
    );
  });

  it('is the manifest of the workspace that asks for what the lockfile does not have yet', async () => {
    const dir = writeProject({
      'package.json': { name: 'project', version: '1.0.0', workspaces: ['apps/*'] },
      'apps/web/package.json': { name: 'web', version: '1.0.0', dependencies },
      'package-lock.json': {
        name: 'project',
        version: '1.0.0',
        lockfileVersion: 3,
        packages: {
          '': { name: 'project', version: '1.0.0', workspaces: ['apps/*'] },
          'apps/web': { name: 'web', version: '1.0.0' },
          'node_modules/web': { resolved: 'apps/web', link: true },
        },
      },
    });
    const line = lineIn(path.join(dir, 'apps/web/package.json'), INVENTED);
    expect(await locate(dir)).toEqual({ file: 'apps/web/package.json', line });
  });

  it('is the manifest where there is no lockfile', async () => {
    const dir = writeProject({ 'package.json': manifest });
    const line = lineIn(path.join(dir, 'package.json'), INVENTED);
    expect(await locate(dir)).toEqual({ file: 'package.json', line });
    await registry.close();
    expect(await locate(path.join(dir, 'package.json'))).toEqual({ file: 'package.json', line });
  });

  it('is its entry in a lockfile of pnpm', async () => {
    const lock = [
      "lockfileVersion: '9.0'",
      'importers:',
      '  .:',
      '    dependencies:',
      `      ${INVENTED}:`,
      '        specifier: 1.0.0',
      '        version: 1.0.0',
      'packages:',
      `  ${INVENTED}@1.0.0:`,
      '    resolution: {integrity: sha512-AAAA}',
      'snapshots:',
      `  ${INVENTED}@1.0.0: {}`,
      '',
    ].join('\n');
    const dir = writeProject({ 'package.json': manifest, 'pnpm-lock.yaml': lock });
    expect(await locate(dir)).toEqual({ file: 'pnpm-lock.yaml', line: 9 });
  });
});

describe('names that were typed', () => {
  it('stand in no file', async () => {
    registry = await startFakeRegistry({ absent: [INVENTED] });
    const { io, stdout } = fakeIo();
    const where = ['--registry', registry.url, '--downloads-url', 'none', '--no-cache'];
    await main(['validate', INVENTED, '--format', 'sarif', ...where], io);
    const log: Log = JSON.parse(stdout());
    expect(log.runs[0]?.results?.[0]?.locations?.[0]?.physicalLocation).toBeUndefined();
  });
});
