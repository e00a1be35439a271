import { describe, expect, it } from 'vitest';
import { flattenOverrides } from '../../../src/lockfile/overrides.js';
import { parsePnpmWorkspace } from '../../../src/lockfile/pnpm/pnpm-workspace.js';
import { isGitTarball, isRegistryTarball } from '../../../src/lockfile/tarball-url.js';

const fail = (detail: string): never => {
  throw new Error(detail);
};
const keyOf = (selector: string): string | undefined => flattenOverrides({ [selector]: '1' }, fail)[0]?.key;
const LONG = 200_000;

describe('a text of 200,000 characters takes milliseconds', () => {
  it.each<[string, () => unknown]>([
    ['a selector of one letter', () => keyOf(`${'a'.repeat(LONG)}/`)],
    ['a selector of scopes', () => keyOf(`${'@a/'.repeat(LONG / 3)}`)],
    ['a selector of versions', () => keyOf(`a${'@1'.repeat(LONG / 2)}\n`)],
    ['a git URL', () => isGitTarball(`https://h/${'.git#'.repeat(LONG / 5)}\n`)],
    ['a tarball URL', () => isRegistryTarball(`https://h/a/-/${'.tgz?'.repeat(LONG / 5)}\n\n`)],
    ['a URL of dashes', () => isRegistryTarball(`https://h${'/-'.repeat(LONG / 2)}`)],
    [
      'a config dependency',
      () => parsePnpmWorkspace({ configDependencies: { a: `1${'+sha1-'.repeat(LONG / 6)}\n\n` } }, fail),
    ],
  ])('%s', (_, run) => {
    const start = performance.now();
    run();
    expect(performance.now() - start).toBeLessThan(200);
  });
});

describe('the package that an override replaces', () => {
  it.each([
    ['b', 'b'],
    ['b@1', 'b'],
    ['@s/b@^1', '@s/b'],
    ['a>b', 'b'],
    ['a@1>@s/b@2', '@s/b'],
    ['a/b', 'b'],
    ['a/@s/b', '@s/b'],
    ['**/@s/b@1', '@s/b'],
    ['@s/a/b', 'b'],
    ['b@npm:@x/y@1', 'b'],
  ])('of %s is %s', (selector, key) => {
    expect(keyOf(selector)).toBe(key);
  });
});
