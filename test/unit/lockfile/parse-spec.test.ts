import { describe, expect, it } from 'vitest';
import { asksRegistry, type Catalogs, parseSpec } from '../../../src/lockfile/parse-spec.js';

const catalogs: Catalogs = new Map([
  ['default', new Map([['react', '^18']])],
  ['old', new Map([['lodash', 'npm:lodash-es@4']])],
]);

describe('a dependency line', () => {
  it.each([
    ['left-pad', '^1.0.0 || 2.x', 'left-pad'],
    ['left-pad', '', 'left-pad'],
    ['left-pad', 'next', 'left-pad'],
    ['left-pad', '~1.2', 'left-pad'],
    ['old', 'npm:lodash@^3', 'lodash'],
    ['old', 'npm:@s/lodash', '@s/lodash'],
    ['old', 'NPM:lodash@3', 'lodash'],
    ['@std/path', 'jsr:^1', '@jsr/std__path'],
    ['path', 'jsr:@std/path@1', '@jsr/std__path'],
    ['path', 'jsr:1', '@jsr/path__'],
    ['react', 'catalog:', 'react'],
    ['lodash', 'catalog:old', 'lodash-es'],
    ['lodash', 'catalog:none', 'lodash'],
  ])('%s of %s asks the registry for %s', async (key, spec, name) => {
    const alias = name === key ? null : key;
    expect(await parseSpec(key, spec, catalogs)).toEqual({ name, alias, source: 'registry', problem: null });
  });

  it.each([
    ['github:user/repo', 'git'],
    ['user/repo#main', 'git'],
    ['git+ssh://git@host/repo.git', 'git'],
    ['https://host/x.tgz', 'remote'],
    ['file:x.tgz', 'file'],
    ['x.tgz', 'file'],
    ['file:../folder', 'link'],
    ['link:../folder', 'link'],
    ['portal:../folder', 'link'],
    ['workspace:^1.0.0', 'workspace'],
    ['runtime:22.0.0', 'remote'],
  ])('of %s asks elsewhere: %s', async (spec, source) => {
    expect(await parseSpec('thing', spec, catalogs)).toEqual({
      name: 'thing',
      alias: null,
      source,
      problem: null,
    });
  });

  it('which cannot be read still asks for its key, and says so', async () => {
    const requested = await parseSpec('thing', 'exotic:thing', catalogs);
    expect(requested).toMatchObject({
      name: 'thing',
      source: 'registry',
      problem: expect.stringContaining('exotic'),
    });
  });

  it('tells a registry from a URL where it can', () => {
    expect(['^1', '1.0.0', 'npm:a@1', 'jsr:1', 'catalog:'].map(asksRegistry)).toEqual([
      true,
      true,
      true,
      true,
      true,
    ]);
    expect(['https://host/x.tgz', 'x.tgz'].map(asksRegistry)).toEqual([false, false]);
    expect(['user/repo', 'github:user/repo'].map(asksRegistry)).toEqual([null, null]);
  });
});
