import { describe, expect, it } from 'vitest';
import { readBundlerAliases, readTsConfig } from '../../../src/mentions/configured-aliases.js';
import { kindOf } from '../../../src/mentions/file-kind.js';
import { namedWords } from '../../../src/mentions/manager-words.js';
import { isPlaceholder } from '../../../src/mentions/placeholders.js';
import { isOwn, namesOfManifest, openIn } from '../../../src/mentions/project-names.js';
import { packageOfImport, packageOfSpec } from '../../../src/mentions/registry-name.js';

const nameOfSpec = (word: string) => packageOfSpec(word)?.name ?? null;
const nameOfImport = (specifier: string) => packageOfImport(specifier)?.name ?? null;

describe('the package that a word of an install command means', () => {
  it.each([
    ['zq-a', 'zq-a'],
    ['zq-a@latest', 'zq-a'],
    ['zq-a@<version>', 'zq-a'],
    ['@zq/a@^1 || ^2', '@zq/a'],
    ['alias@npm:@zq/a@1', '@zq/a'],
    ['npm:zq-a', 'zq-a'],
  ])('of %s is its name', (word, name) => {
    expect(nameOfSpec(word)).toBe(name);
  });

  it('has a version where an exact one is named', () => {
    expect(packageOfSpec('zq-a@v1.2.3-beta.1')).toEqual({ name: 'zq-a', version: '1.2.3-beta.1' });
    expect(packageOfSpec('zq-a@1.2')).toEqual({ name: 'zq-a', version: null });
  });

  it.each([
    ...[
      '.',
      './x',
      '../x',
      '~/x',
      '/x',
      'x/y',
      'github:x/y',
      'git+ssh://x/y',
      'https://x.example/y.tgz',
      'x.tgz',
    ],
    ...[
      'zq-a@file:./x',
      'zq-a@workspace:*',
      'zq-a@github:x/y',
      '...',
      '[options]',
      '{a,b}',
      '@',
      '@zq',
      '',
      'a b',
    ],
  ])('is none for "%s"', (word) => {
    expect(nameOfSpec(word)).toBeNull();
  });
});

describe('the package that an import means', () => {
  it.each([
    ['zq-a/b/c', 'zq-a'],
    ['@zq/a/b', '@zq/a'],
    ['zq-a?raw', 'zq-a'],
    ['!!raw-loader!zq-a/b', 'zq-a'],
    ['npm:zq-a@1/b', 'zq-a'],
    ['punycode/', 'punycode'],
  ])('of %s is its first part', (specifier, name) => {
    expect(nameOfImport(specifier)).toBe(name);
  });

  it.each([
    ...[
      'fs',
      'node:test',
      'fs/promises',
      './a',
      '../a',
      '/a',
      '#a',
      '~/a',
      '@/a',
      '$lib/a',
      'virtual:a',
      '@vite/env',
      '@vite/client',
      '\0a',
      'C:\\a',
    ],
    ...[
      'bun:test',
      'cloudflare:workers',
      'astro:content',
      'https://a.example/b.js',
      'jsr:@a/b',
      'data:text/javascript,1',
      '',
    ],
  ])('is none for %j', (specifier) => {
    expect(nameOfImport(specifier)).toBeNull();
  });
});

describe('a placeholder', () => {
  it.each([
    ...[
      'foo',
      'foo-bar',
      'your-package',
      'my-awesome-plugin',
      'package-name',
      'some-lib',
      'PACKAGE',
      'PKG_NAME',
      'X',
    ],
    ...[
      '@scope/name',
      '@your-org/zq-a',
      '@my-company/x',
      '@acme/utils',
      '@npm/foo',
      'create-X',
      'create-my-app',
      'module-a',
    ],
  ])('is %s', (name) => {
    expect(isPlaceholder(name)).toBe(true);
  });

  it.each([
    'zq-a',
    'my-zq',
    'your-zq-package',
    'food',
    'react',
    'JSONStream',
    '@zq/package',
    'packages-zq',
    'app-root-path',
  ])('is not %s', (name) => {
    expect(isPlaceholder(name)).toBe(false);
  });
});

describe('the words of a command line that name packages', () => {
  const named = (line: string) => namedWords(line.split(' ')).map(({ spec }) => spec);

  it.each([
    ['npm isntall -D a b', ['a', 'b']],
    ['npm -w x i a', ['a']],
    ['npm --lockfile-version 1 i', []],
    ['npm ci', []],
    ['npm run a b', []],
    ['npm init -y', []],
    ['npm create vite@latest app -- --template x', ['create-vite@latest']],
    ['npm init @zq/x', ['@zq/create-x']],
    ['npm x --yes -- a b', ['a']],
    ['npm exec -p a -p b -- c', ['a', 'b']],
    ['npx --package a -c b', ['a']],
    ['npx a@1 b', ['a@1']],
    ['/usr/bin/npm.cmd i a', ['a']],
    ['npm@11 i a', ['a']],
    ['pnpm -w add a', ['a']],
    ['pnpm --filter x add -D a', ['a']],
    ['pnpm exec a', []],
    ['yarn a', []],
    ['yarn global add a', ['a']],
    ['yarn workspace x add a', ['a']],
    ['bun x a b', ['a']],
    ['deno add npm:a jsr:@b/c', ['npm:a']],
    ['pip install a', []],
    ['', []],
  ])('of "%s" are found', (line, expected) => {
    expect(named(line)).toEqual(expected);
  });
});

describe('what a project calls its own', () => {
  const manifest = namesOfManifest({
    name: 'zq-own',
    dependencies: { 'zq-a': '1', 'zq-link': 'link:./x', 'zq-git': 'x/y', 'zq-star': '*' },
    peerDependencies: { 'zq-peer': '>=1' },
    bin: { 'zq-bin': 'x' },
  });

  it('is its name, and what it takes from folders and repositories', () => {
    expect(manifest).toEqual({
      name: 'zq-own',
      declared: ['zq-a', 'zq-link', 'zq-git', 'zq-star', 'zq-peer'],
      local: ['zq-link', 'zq-git'],
      bins: ['zq-bin'],
    });
    for (const odd of [null, [], 'x', { name: 1, dependencies: [], bin: 'x' }])
      expect(namesOfManifest(odd)).toEqual({ name: null, declared: [], local: [], bins: [] });
  });

  it('is what is named after it in its own scope, and nothing else', () => {
    const own = new Set(['@zq/a', 'zq-b']);
    expect(['@zq/a', '@zq/a-linux-x64', 'zq-b'].map((name) => isOwn(name, own))).toEqual([true, true, true]);
    expect(['@zq/ab', '@zq/b', 'zq-b-linux'].map((name) => isOwn(name, own))).toEqual([false, false, false]);
  });

  it('is declared below the folder of the manifest only', () => {
    const folder = { declared: ['zq-a'], aliases: ['zq-alias/deep'] };
    const names = {
      folders: new Map([['packages/x', folder]]),
      own: new Set<string>(),
      bins: new Set<string>(),
    };
    const inside = openIn('packages/x/src', names);
    const outside = openIn('packages/y', names);
    expect([inside('zq-a/b'), outside('zq-a/b')]).toEqual([false, true]);
    expect([inside('zq-alias/deep/er'), inside('zq-alias/other')]).toEqual([false, true]);
  });
});

describe('path aliases', () => {
  it('are read from a tsconfig.json with comments, without the one for everything', () => {
    const text =
      '{ /* x */ "extends": ["./a.json", "zq-shared"], "compilerOptions": { "baseUrl": "src", "paths": { "a/*": [], "b": [], "*": [] }, } }';
    expect(readTsConfig(text)).toEqual({ aliases: ['a', 'b'], baseUrl: 'src', extended: ['./a.json'] });
    expect(readTsConfig('[')).toEqual({ aliases: [], baseUrl: null, extended: [] });
  });

  it('are read from the literals of a bundler’s configuration', () => {
    const text = `export default { resolve: { alias: { a: 'x', 'b/c': y } }, other: { d: 1 } };
      const z = { resolve: { alias: [{ find: 'e', replacement: 'x' }] }, moduleNameMapper: { '^f/(.*)$': 'x', '^g$': 'y' } };`;
    expect(readBundlerAliases(text)).toEqual(['a', 'b/c', 'e', 'f', 'g']);
  });
});

describe('the kind of a file', () => {
  it.each([
    ['docs/a.md', 'markdown'],
    ['.cursorrules', 'markdown'],
    ['a/SKILL.md', 'markdown'],
    ['.github/copilot-instructions.md', 'markdown'],
    ['sub/.github/workflows/x.yaml', 'yaml'],
    ['.gitlab-ci.yml', 'yaml'],
    ['config/settings.yml', null],
    ['Dockerfile.dev', 'dockerfile'],
    ['web.Dockerfile', 'dockerfile'],
    ['Jenkinsfile', 'groovy'],
    ['a/package.json', 'manifest'],
    ['a/other.json', null],
    ['a.d.ts', 'script'],
    ['a.py', null],
  ])('%s is %s', (path, kind) => {
    expect(kindOf(path)).toBe(kind);
  });
});
