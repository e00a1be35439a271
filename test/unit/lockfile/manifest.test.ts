import { describe, expect, it } from 'vitest';
import { parseManifest } from '../../../src/lockfile/manifest.js';
import { manifestOf } from './lockfile-builders.js';

const parse = (text: string): unknown => parseManifest({ text, file: 'package.json' });

describe('a package.json', () => {
  it('asks for what its four lists name', () => {
    const { requests } = manifestOf({
      dependencies: { a: '^1' },
      optionalDependencies: { b: '1.x' },
      devDependencies: { c: 'latest' },
      peerDependencies: { d: '*', e: '>=2' },
      peerDependenciesMeta: { e: { optional: true }, d: {} },
    });
    expect(requests).toEqual([
      { key: 'a', spec: '^1', kind: 'prod' },
      { key: 'b', spec: '1.x', kind: 'optional' },
      { key: 'c', spec: 'latest', kind: 'dev' },
      { key: 'd', spec: '*', kind: 'peer' },
      { key: 'e', spec: '>=2', kind: 'optional-peer' },
    ]);
  });

  it('may have an empty array for a list, as npm allows', () => {
    expect(manifestOf({ dependencies: [] }).requests).toEqual([]);
  });

  it('keeps a dependency called __proto__', () => {
    const text = '{"dependencies":{"__proto__":"1.0.0","constructor":"2.0.0"}}';
    expect(parseManifest({ text, file: 'package.json' }).requests.map(({ key }) => key)).toEqual([
      '__proto__',
      'constructor',
    ]);
  });

  it('names its workspaces as a list or an object', () => {
    expect(manifestOf({ workspaces: ['a/*'] }).workspaces).toEqual(['a/*']);
    expect(manifestOf({ workspaces: { packages: ['b'] } }).workspaces).toEqual(['b']);
  });

  it('has its replacements under the name of what they replace', () => {
    const { overrides } = manifestOf({
      overrides: {
        a: '1.0.0',
        'b@2': { '.': 'npm:b-fork@2', '@s/c@1': 'npm:d@1' },
        e: '$a',
      },
      resolutions: { 'x/**/f': 'npm:g@1', '@s/h': '2' },
      pnpm: { overrides: { 'i@1>@s/j@2': 'npm:k@1', l: '-' } },
    });
    expect(overrides.map(({ key, spec }) => `${key} ${spec}`).sort()).toEqual([
      '@s/c npm:d@1',
      '@s/h 2',
      '@s/j npm:k@1',
      'a 1.0.0',
      'b npm:b-fork@2',
      'f npm:g@1',
    ]);
  });

  it.each([
    ['{"name": }', /package\.json: not valid JSON at 1:10/],
    ['null', /not an object/],
    ['[]', /not an object/],
    ['{"dependencies": ["a"]}', /dependencies is not an object/],
    ['{"dependencies": {"a": 1}}', /a is not a string/],
    ['{"workspaces": 1}', /workspaces is not an object/],
    ['{"workspaces": [1]}', /workspaces is not a list of strings/],
    ['{"devEngines": {"packageManager": "npm"}}', /devEngines.packageManager is not an object/],
    ['{\n<<<<<<< HEAD\n}', /package\.json:2:1: a merge conflict/],
  ])('is refused when it reads %j', (text, message) => {
    const error = { code: 'MANIFEST_UNREADABLE', message: expect.stringMatching(message) };
    expect(() => parse(text)).toThrow(expect.objectContaining(error));
  });
});
