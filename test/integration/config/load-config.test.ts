import { chmodSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { loadConfig } from '../../../src/config/load-config.js';
import { resolvePolicy } from '../../../src/config/resolve-policy.js';
import { ENTRY } from '../../unit/config/samples.js';
import { isRoot, OWN, place } from './support.js';

const parser = vi.hoisted(() => ({ loaded: false }));
vi.mock('../../../src/config/parse-config.js', async (original) => {
  parser.loaded = true;
  return await original();
});

describe('a project without configuration', () => {
  it('sets nothing, and loads no parser', async () => {
    const loaded = await loadConfig(place({ 'package.json': { name: 'zq-app' } }));
    expect(loaded).toMatchObject({ failOn: null, exceptions: [], notices: [], files: [] });
    expect(parser.loaded).toBe(false);
  });

  it.each(['{ "phantomGuard": ', '["phantomGuard"]', 'null', '"phantomGuard"'])(
    'may have a package.json of %j, which is for others to report',
    async (text) => {
      expect((await loadConfig(place({ 'package.json': text }))).files).toEqual([]);
    },
  );

  it('may have no folder that is known, nor a home that exists', async () => {
    const nowhere = { projectDir: null, configFile: null, env: {}, home: '/dev/null/home' };
    expect((await loadConfig(nowhere)).files).toEqual([]);
  });
});

describe('a configuration', () => {
  it('is read from the project’s own file, with a byte order mark or without', async () => {
    const here = place({ [OWN]: '\uFEFF{ "failOn": "suspicious", "feeds": ["feeds/a.json"] }' });
    const location = path.join(here.projectDir, 'feeds/a.json');
    expect(await loadConfig(here)).toMatchObject({
      failOn: 'suspicious',
      feeds: [{ location, kind: null, source: 'project' }],
      files: [{ path: path.join(here.projectDir, OWN), source: 'project' }],
    });
  });

  it('is read from package.json', async () => {
    const here = place({ 'package.json': { name: 'zq-app', phantomGuard: { onUnavailable: 'warn' } } });
    expect((await loadConfig(here)).onUnavailable).toEqual({ interactive: 'warn', ci: 'warn' });
  });

  it('is read from the file of --config instead of the project’s', async () => {
    const here = place({ [OWN]: '{ "failOn": 1 }', 'ci/guard.json': { feeds: ['f.json'] } });
    const configFile = path.join(here.projectDir, 'ci/guard.json');
    const { feeds, files } = await loadConfig({ ...here, configFile });
    expect(feeds[0]?.location).toBe(path.join(here.projectDir, 'ci/f.json'));
    expect(files).toEqual([{ path: configFile, source: 'project' }]);
  });

  it('is read through a link', async () => {
    const here = place({ 'elsewhere.json': { failOn: 'suspicious' } });
    symlinkSync('elsewhere.json', path.join(here.projectDir, OWN));
    expect((await loadConfig(here)).failOn).toBe('suspicious');
  });

  it('of the user is joined with the project’s, and is not loosened by it', async () => {
    const here = place(
      {
        [OWN]: {
          failOn: 'high-risk',
          onUnavailable: 'allow',
          thresholds: { safe: 0.9, high: 1 },
          exceptions: [ENTRY, { ...ENTRY, name: 'zq-ghost', signals: ['NOT_FOUND'] }],
        },
      },
      { failOn: 'suspicious', onUnavailable: { ci: 'block' }, thresholds: { high: 0.5 } },
    );
    const loaded = await loadConfig(here);
    expect(resolvePolicy(loaded, { failOn: null, context: 'ci' })).toMatchObject({
      failOn: 'suspicious',
      onUnavailable: 'block',
      thresholds: { safe: 0.3, high: 0.5 },
      exceptions: [{ name: 'zq-reviewed', source: 'project' }],
    });
    expect(loaded.notices).toEqual([
      expect.stringContaining('zq-ghost'),
      expect.stringContaining('cannot raise thresholds'),
    ]);
    expect(loaded.files.map(({ source }) => source)).toEqual(['user', 'project']);
  });

  it('of the user is looked for where XDG says', async () => {
    const here = place({ 'phantom-guard/config.json': { failOn: 'suspicious' } });
    const env = { XDG_CONFIG_HOME: here.projectDir };
    expect((await loadConfig({ ...here, projectDir: null, env })).files).toEqual([
      { path: path.join(here.projectDir, 'phantom-guard/config.json'), source: 'user' },
    ]);
  });
});

describe('a configuration that cannot be used', () => {
  const codeOf = async (request: Parameters<typeof loadConfig>[0]): Promise<unknown> =>
    await loadConfig(request).then(
      () => 'loaded',
      (error: { code: unknown }) => error.code,
    );

  it('is one in two places', async () => {
    const both = { [OWN]: {}, 'package.json': { phantomGuard: {} } };
    expect(await codeOf(place(both))).toBe('CONFIG_INVALID');
  });

  it('is one of the user’s with a fault, whatever the project has', async () => {
    const here = place({ [OWN]: {} }, { failOn: 'never' });
    await expect(loadConfig(here)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining(`${here.userFile}:1:11: failOn: `),
    });
  });

  it('is a file of --config that is missing', async () => {
    const here = place({});
    expect(await codeOf({ ...here, configFile: path.join(here.projectDir, 'none.json') })).toBe(
      'CONFIG_UNREADABLE',
    );
  });

  it('is a directory, at either level', async () => {
    const here = place({});
    mkdirSync(path.join(here.projectDir, OWN));
    expect(await codeOf(here)).toBe('CONFIG_UNREADABLE');
    const other = place({});
    mkdirSync(other.userFile, { recursive: true });
    expect(await codeOf(other)).toBe('CONFIG_UNREADABLE');
  });

  it('is a link to nothing', async () => {
    const here = place({});
    symlinkSync('gone.json', path.join(here.projectDir, OWN));
    expect(await codeOf(here)).toBe('CONFIG_UNREADABLE');
  });

  it.skipIf(isRoot)('is a file without permission', async () => {
    const here = place({ [OWN]: {} });
    chmodSync(path.join(here.projectDir, OWN), 0);
    expect(await codeOf(here)).toBe('CONFIG_UNREADABLE');
  });

  it('is one of more than a megabyte, in package.json too', async () => {
    const blanks = ' '.repeat(1024 * 1024);
    expect(await codeOf(place({ [OWN]: `{}${blanks}` }))).toBe('CONFIG_UNREADABLE');
    expect(await codeOf(place({ 'package.json': `{"phantomGuard":{}}${blanks}` }))).toBe('CONFIG_UNREADABLE');
    expect(await codeOf(place({ 'package.json': `{}${blanks}` }))).toBe('loaded');
  });

  it('is one that is not UTF-8', async () => {
    const here = place({ [OWN]: {} });
    writeFileSync(path.join(here.projectDir, OWN), Buffer.from('\uFEFF{}', 'utf16le'));
    expect(await codeOf(here)).toBe('CONFIG_UNREADABLE');
    renameSync(path.join(here.projectDir, OWN), path.join(here.projectDir, 'package.json'));
    expect(await codeOf(here)).toBe('loaded');
  });
});
