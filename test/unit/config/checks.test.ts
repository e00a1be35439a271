import fc from 'fast-check';
import semver from 'semver';
import { describe, expect, it } from 'vitest';
import { dateFault, emptinessFault, integrityFault } from '../../../src/config/check-fields.js';
import { nameFault, scopeFault } from '../../../src/config/check-name.js';
import { acceptsEveryVersion, rangeFault } from '../../../src/config/check-range.js';
import { feedFault, mirrorFault, normaliseMirror, storeFault } from '../../../src/config/check-url.js';

type Check = (text: string) => string | null;

const SHA512 = `sha512-${Buffer.alloc(64).toString('base64')}`;
const SHA1 = `sha1-${Buffer.alloc(20).toString('base64')}`;

const CASES: readonly (readonly [string, Check, readonly string[], readonly string[]])[] = [
  [
    'the name of an exception',
    nameFault,
    ['left-pad', '@corp/tool', 'JSONStream', '@corp/x.y_z'],
    [
      '',
      '*',
      '@corp',
      '@corp/',
      '@corp/*',
      '@*/x',
      'left-*',
      '{a,b}',
      'a?',
      'a b',
      '.x',
      'a/b',
      'node_modules',
    ],
  ],
  [
    'a trusted scope',
    scopeFault,
    ['@corp', '@a.b-c'],
    ['', 'corp', '@', '@corp/', '@corp/x', '@*', '@c*', '@a b'],
  ],
  [
    'a version range',
    rangeFault,
    ['1.2.3', '^1.2.0', '>=2', '1.x || 3.x', '<1 || >1', '>=1.0.0-beta', '<=0.0.5', '0.0.0', '1 - *'],
    [
      '',
      ' ',
      '*',
      'x',
      'X.x',
      'v*',
      '>=0',
      '>=0.0.0',
      '>=0.0.0-0',
      '>0.0.0',
      '>=0.0.1',
      '*||1',
      '1||*',
      '~x',
      '^*',
    ],
  ],
  [
    'a version range',
    rangeFault,
    [],
    ['latest', 'next', 'x || y', 'npm:a@1', 'file:x', '99999999999999999999', '1.2.3||'.repeat(200)],
  ],
  [
    'a version range, in parts that together are everything',
    rangeFault,
    ['<1||>1.0.0', '<1.2.3 || >=1.2.5', '<2.0.0-0 || >=2.0.1'],
    [
      '<1||>=1',
      '^0||>=1',
      '<=1.2.3||>1.2.3',
      '>=0.0.0-0 <2||>=2.0.0-0',
      '<5||>=1',
      '<1||1.x||>1',
      '<1.2.3 || >=1.2.4 || 1.2.3',
    ],
  ],
  [
    'a mirror',
    mirrorFault,
    ['https://npm.corp.example/', 'http://npm.corp.example:8080/a', 'HTTPS://npm.corp.example'],
    [
      '',
      'npm.corp.example',
      'ftp://x/',
      'https://',
      'https://u:p@x/',
      'https://u@x/',
      'https://x/?a',
      'https://x/#a',
      ' https://x/',
    ],
  ],
  [
    'a feed',
    feedFault,
    [
      'feed.json',
      '../feeds/a.ndjson',
      '/srv/feed',
      'C:\\feed.json',
      'https://x.example/f?v=1',
      'http://localhost:1/f',
      'http://127.0.0.1/f',
      'http://[::1]:8/f',
    ],
    [
      '',
      ' ',
      'http://x.example/f',
      'http://127.0.0.1.example/f',
      'https://u:p@x.example/',
      'ftp://x/f',
      'file:///srv/feed',
      'a\0b',
    ],
  ],
  [
    'a store',
    storeFault,
    [
      'redis://cache:6379',
      'rediss://user:secret@cache.corp.example/2',
      'redis://cache?deadline=100',
      'rediss://:secret@a:7000?cluster=true',
      'redis://a/0?cluster=true&deadline=9',
      'redis://a:7000?cluster=true&node=b:7000&node=[::1]:7000&node=c',
    ],
    [
      '',
      'cache:6379',
      'redis://',
      'redis:cache',
      'http://cache/',
      'redis+unix:///run/x',
      'redis://:a%0D%0Ab@cache',
      'redis://a%00@cache',
      'redis://cache?deadline=0',
      'redis://cache?deadline=100000',
      'redis://cache?deadline=1&deadline=2',
      'redis://cache?timeout=1',
      'redis://cache#x',
      'redis://cache?cluster=yes',
      'redis://cache?node=b:7000',
      'redis://cache/1?cluster=true',
      'redis://cache?cluster=true&node=',
      'redis://cache?cluster=true&node=user:secret@b',
      'redis://cache?cluster=true&node=b:7000/1',
    ],
  ],
  [
    'a date',
    dateFault,
    ['2026-12-31', '2028-02-29'],
    ['', '2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '31.12.2026', '2026-12-31T00:00:00Z', 'never'],
  ],
  [
    'an integrity',
    integrityFault,
    [SHA512, SHA1, `${SHA1} ${SHA512}`],
    ['', 'sha512-', 'sha512-abc', 'md5-1B2M2Y8AsgTpgAmY7PhCfg==', `${SHA512} x`, 'x'],
  ],
  ['a text', emptinessFault, ['read it', ' x '], ['', ' ', '\n\t']],
];

describe.each(CASES)('%s', (_, check, valid, invalid) => {
  it.each([...valid])('may be %j', (text) => {
    expect(check(text)).toBeNull();
  });

  it.each([...invalid])('may not be %j', (text) => {
    expect(check(text)).toEqual(expect.any(String));
  });
});

describe('messages about URLs', () => {
  it('hold nothing of the URL, which may have a password in it', () => {
    const secret = 'https://user:hunter2@x.example/?hunter2';
    expect([mirrorFault(secret), feedFault(secret), storeFault(secret)].join()).not.toContain('hunter2');
  });
});

describe('a mirror', () => {
  it('ends with a slash, so that it is no prefix of another path', () => {
    expect(['https://X.example', 'https://x.example/a'].map(normaliseMirror)).toEqual([
      'https://x.example/',
      'https://x.example/a/',
    ]);
  });
});

describe('a range of several parts', () => {
  const number = fc.integer({ min: 0, max: 3 });
  const version = fc.tuple(number, number, number).map((parts) => parts.join('.'));
  const part = fc
    .tuple(fc.constantFrom('<', '<=', '>', '>=', '=', '^', '~'), version)
    .map((both) => both.join(''));
  const range = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(' || '));
  const numbers = [0, 1, 2, 3, 4, 5];
  const every = numbers
    .flatMap((a) => numbers.flatMap((b) => numbers.map((c) => `${a}.${b}.${c}`)))
    .filter((each) => each !== '0.0.0');

  it('accepts every version exactly when it accepts all versions around those that it names', () => {
    fc.assert(
      fc.property(range, (text) => {
        expect(acceptsEveryVersion(text)).toBe(every.every((each) => semver.satisfies(each, text)));
      }),
      { numRuns: 300 },
    );
  });
});
