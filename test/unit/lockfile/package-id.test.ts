import { describe, expect, it } from 'vitest';
import { isForLockfileFile, parseHeader } from '../../../src/lockfile/pnpm/lockfile-header.js';
import {
  parseLegacyPackageId,
  parsePackageId,
  removePeerSuffix,
} from '../../../src/lockfile/pnpm/package-id.js';

describe('a dependency path of pnpm', () => {
  it.each([
    ['a@1.0.0', 'a@1.0.0'],
    ['a@1.0.0(b@1.0.0)(c@1.0.0(d@1.0.0))', 'a@1.0.0'],
    ['a@file:x(1)/y', 'a@file:x(1)/y'],
    ['a@1.0.0)', 'a@1.0.0)'],
    ['(a)', '(a)'],
    ['', ''],
  ])('%s is without its peers %s', (path, bare) => {
    expect(removePeerSuffix(path)).toBe(bare);
  });

  it.each([
    ['a@1.0.0(b@1.0.0)', 'a', '1.0.0'],
    ['@s/a@1.0.0', '@s/a', '1.0.0'],
    ['/@s/a@1.0.0(b@1.0.0)', '@s/a', '1.0.0'],
    ['a@https://host/a@b.tgz', 'a', 'https://host/a@b.tgz'],
  ])('%s is %s of %s', (path, name, reference) => {
    expect(parsePackageId(path)).toEqual({ name, reference });
  });

  it.each(['a', 'file:a@1', ''])('%s names no package', (path) => {
    expect(parsePackageId(path)).toBeNull();
  });

  it.each([
    ['/a/1.0.0', 'a', '1.0.0'],
    ['/@s/a/1.0.0_b@2.0.0+c@1.0.0', '@s/a', '1.0.0'],
    ['registry.host/a/1.0.0', 'a', '1.0.0'],
  ])('%s of version 5 is %s of %s', (path, name, reference) => {
    expect(parseLegacyPackageId(path)).toEqual({ name, reference });
  });

  it.each(['file:a/b', 'github.com/u/r/abc', 'a'])('%s of version 5 names no package', (path) => {
    expect(parseLegacyPackageId(path)).toBeNull();
  });
});

describe('the reader of a pnpm-lock.yaml', () => {
  it.each([
    ["lockfileVersion: '9.0'\n", true],
    ['lockfileVersion: "6.0"\r\n', true],
    ["---\nlockfileVersion: '9.0'\n", true],
    ["# comment\nlockfileVersion: '9.0'\n", true],
    ['lockfileVersion: 5.4\n', false],
    ["lockfileVersion: '6.1'\n", false],
    ["---\nlockfileVersion: '9.0'\n---\nlockfileVersion: '9.0'\n", false],
    ["lockfileVersion: '9.0'\n--- {}\n", false],
    ["lockfileVersion: '9.0'\npackages: {__proto__@1.0.0: {}}\n", false],
    ['"lockfileVersion": "9.0"\n', false],
    // A package without a snapshot, which it would drop: plain, behind a value over several lines, and indented further.
    ["lockfileVersion: '9.0'\npackages:\n  a@1:\n    b: c\n\nsnapshots:\n  a@1: {}\n", true],
    ["lockfileVersion: '9.0'\npackages:\n  a@1:\n  b@1:\nsnapshots:\n  a@1: {}\n", false],
    ["lockfileVersion: '9.0'\npackages:\n  a@1:\n   c: {'\n'}\n  b@1:\nsnapshots:\n  a@1: {}\n", false],
    ["lockfileVersion: '9.0'\npackages:\n   b@1:\nsnapshots:\n  a@1: {}\n", false],
    ["lockfileVersion: '9.0'\npackages:\n b@1:\nsnapshots:\n  a@1: {}\n", false],
  ])('for %j is @pnpm/lockfile-file: %s', (text, expected) => {
    expect(isForLockfileFile(parseHeader(text))).toBe(expected);
  });
});
