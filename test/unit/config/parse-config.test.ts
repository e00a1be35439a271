import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/config/parse-config.js';
import { GuardError } from '../../../src/errors.js';
import { ENTRY, exception, level } from './samples.js';
import { configFile, manifestFile, problemOf } from './support.js';

describe('a configuration', () => {
  it('of nothing sets nothing', () => {
    expect(parseConfig(configFile('{}'))).toEqual(level());
  });

  it('has every key of the documentation', () => {
    const text = {
      $schema: 'https://unpkg.com/phantom-guard-install/schemas/config.schema.json',
      failOn: 'suspicious',
      onUnavailable: { interactive: 'warn', ci: 'block' },
      thresholds: { safe: 0.2, high: 0.5 },
      trustedScopes: ['@corp', '@corp'],
      mirrors: ['https://npm.corp.example/mirror', 'https://npm.corp.example/mirror/'],
      feeds: ['feeds/a.json', { source: '/srv/b.json', kind: 'malicious' }, 'https://feeds.corp.example/c'],
      store: 'rediss://cache.corp.example',
      exceptions: [ENTRY, { ...ENTRY, author: 'Ada', expires: '2020-01-01' }],
      projectExceptions: false,
    };
    const source = 'user';
    expect(parseConfig(configFile(text, source))).toEqual({
      failOn: 'suspicious',
      onUnavailable: { interactive: 'warn', ci: 'block' },
      thresholds: { safe: 0.2, high: 0.5 },
      trustedScopes: [{ scope: '@corp', source }],
      mirrors: [{ url: 'https://npm.corp.example/mirror/', source }],
      feeds: [
        { location: '/srv/app/feeds/a.json', kind: null, source },
        { location: '/srv/b.json', kind: 'malicious', source },
        { location: 'https://feeds.corp.example/c', kind: null, source },
      ],
      store: 'rediss://cache.corp.example',
      exceptions: [exception({ source }), exception({ source, author: 'Ada', expires: '2020-01-01' })],
      projectExceptions: false,
    });
  });

  it('may give one action for both contexts, one threshold alone, or half of the contexts', () => {
    expect(parseConfig(configFile({ onUnavailable: 'warn', thresholds: { high: 0.2 } }))).toEqual(
      level({ onUnavailable: { interactive: 'warn', ci: 'warn' }, thresholds: { safe: null, high: 0.2 } }),
    );
    expect(parseConfig(configFile({ onUnavailable: { ci: 'warn' } })).onUnavailable.interactive).toBeNull();
  });
});

describe('a faulty configuration', () => {
  it.each<[string, object, string]>([
    ['an unknown key', { failon: 'suspicious' }, 'failon'],
    ['a key of every object', { constructor: 1 }, 'constructor'],
    ['an unknown key further down', { exceptions: [{ ...ENTRY, until: 1 }] }, 'exceptions[0].until'],
    ['an unknown word', { failOn: 'safe' }, 'failOn'],
    ['an unknown action', { onUnavailable: 'ignore' }, 'onUnavailable'],
    ['an unknown action of a context', { onUnavailable: { ci: 'ignore' } }, 'onUnavailable.ci'],
    ['an unknown context', { onUnavailable: { cd: 'warn' } }, 'onUnavailable.cd'],
    ['a number for an action', { onUnavailable: 1 }, 'onUnavailable'],
    ['an array for an object', { thresholds: [] }, 'thresholds'],
    ['a threshold of 0', { thresholds: { safe: 0 } }, 'thresholds.safe'],
    ['a threshold above 1', { thresholds: { high: 1.01 } }, 'thresholds.high'],
    ['safe above high', { thresholds: { safe: 0.7, high: 0.6 } }, 'thresholds'],
    ['text for a threshold', { thresholds: { safe: '0.3' } }, 'thresholds.safe'],
    ['a bare scope', { exceptions: [{ ...ENTRY, name: '@corp' }] }, 'exceptions[0].name'],
    ['a star for a version', { exceptions: [ENTRY, { ...ENTRY, version: '*' }] }, 'exceptions[1].version'],
    ['a dist-tag', { exceptions: [{ ...ENTRY, version: 'latest' }] }, 'exceptions[0].version'],
    ['no signals', { exceptions: [{ ...ENTRY, signals: [] }] }, 'exceptions[0].signals'],
    ['a star for signals', { exceptions: [{ ...ENTRY, signals: ['*'] }] }, 'exceptions[0].signals[0]'],
    [
      'a signal twice',
      { exceptions: [{ ...ENTRY, signals: ['TYPOSQUAT', 'TYPOSQUAT'] }] },
      'exceptions[0].signals',
    ],
    ['a blank reason', { exceptions: [{ ...ENTRY, reason: ' ' }] }, 'exceptions[0].reason'],
    ['no reason', { exceptions: [{ ...ENTRY, reason: undefined }] }, 'exceptions[0].reason'],
    ['no such day', { exceptions: [{ ...ENTRY, expires: '2026-02-30' }] }, 'exceptions[0].expires'],
    ['no integrity', { exceptions: [{ ...ENTRY, integrity: 'sha512' }] }, 'exceptions[0].integrity'],
    ['a feed of no place', { feeds: [{ kind: 'malicious' }] }, 'feeds[0].source'],
    ['a feed over plain http', { feeds: ['a', { source: 'http://feeds.example/' }] }, 'feeds[1].source'],
    ['a feed of an unknown kind', { feeds: [{ source: 'a', kind: 'bad' }] }, 'feeds[0].kind'],
    ['a feed that is a number', { feeds: [7] }, 'feeds[0]'],
    ['a mirror with a password', { mirrors: ['https://a:b@x.example/'] }, 'mirrors[0]'],
    ['a scope without @', { trustedScopes: ['corp'] }, 'trustedScopes[0]'],
    ['a store that is no redis', { store: 'http://cache.example' }, 'store'],
    ['a key of the user’s', { projectExceptions: false }, 'projectExceptions'],
  ])('with %s is refused at the key', (_, content, key) => {
    const { code, message, hint } = problemOf(configFile(content));
    expect(code).toBe('CONFIG_INVALID');
    expect(message).toMatch(/^phantom-guard\.config\.json:\d+:\d+: /);
    expect(message.split(': ')[1]).toBe(key);
    expect(hint).not.toBe('');
  });

  it('says file, line, column and key', () => {
    const lines = ['{', '  "exceptions": [', '    {', '      "name": "zq-a",', '      "version": "*",'];
    const text = `${lines.join('\r\n')}\r\n"signals": ["TYPOSQUAT"], "reason": "x" } ] }`;
    expect(problemOf(configFile(text)).message).toMatch(
      /^phantom-guard\.config\.json:5:18: exceptions\[0\]\.version: /,
    );
  });

  it('says the whole path in a package.json', () => {
    const text = '{ "phantomGuard": { "exceptions": [ { } ] } }';
    expect(problemOf(manifestFile(text)).message).toMatch(
      /^package\.json:1:37: phantomGuard\.exceptions\[0\]\.name: /,
    );
  });

  it('says all its problems in the order of the text, five at most', () => {
    const text = { a: 1, failOn: 2, b: 1, c: 1, store: 3, d: 1, e: 1 };
    const keys = problemOf(configFile(text))
      .message.split('; ')
      .map((part) => part.split(': ')[1] ?? part);
    expect(keys).toEqual(['a', 'failOn', 'b', 'c', 'store', 'and 2 more']);
  });

  it.each([
    ['{"failOn": "suspicious", "failOn": "high-risk"}', '1:26: failOn'],
    ['{"thresholds": {"safe": 0.1, "s\\u0061fe": 0.9}}', '1:30: thresholds.safe'],
  ])('with a key twice is refused: %s', (text, place) => {
    expect(problemOf(configFile(text)).message).toContain(`.json:${place}: `);
  });

  it('is refused when package.json has two of it, and only then', () => {
    const twice = '{ "phantomGuard": {}, "a": 1, "phantomGuard": {} }';
    expect(problemOf(manifestFile(twice)).message).toMatch(/^package\.json:1:31: phantomGuard: /);
    expect(parseConfig(manifestFile('{ "phantomGuard": {}, "a": 1, "a": 2 }'))).toEqual(level());
  });

  it.each([
    ['nothing', '', '1:1'],
    ['a comment', '{\n  // why\n}', '2:3'],
    ['a block comment', '{ /* why */ }', '1:3'],
    ['an unfinished comment', '{} /* why', '1:4'],
    ['a trailing comma', '{"store":"redis://a",}', '1:22'],
    ['two documents', '{} {}', '1:4'],
    ['a missing comma', '{"a":1 "b":2}', '1:8'],
    ['single quotes', "{'a':1}", '1:2'],
    ['a broken string', '{"a":"b\n"}', '1:6'],
    ['an unfinished object', '{"a":1', '1:7'],
    ['null', 'null', '1:1'],
    ['an array', '[]', '1:1'],
    ['more depth than a stack holds', '['.repeat(100_000), '1:1'],
    ['more depth than a configuration needs', `{"a":${'['.repeat(99)}${']'.repeat(99)}}`, '1:1'],
  ])('of %s is refused with its place', (_, text, place) => {
    const { code, message } = problemOf(configFile(text));
    expect(code).toBe('CONFIG_INVALID');
    expect(message).toContain(`.json:${place}: `);
  });
});

describe('any text', () => {
  const isJson = (text: string): boolean => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  const attempt = (text: string): string => {
    try {
      parseConfig(configFile(text));
      return 'accepted';
    } catch (error) {
      return error instanceof GuardError ? error.code : String(error);
    }
  };

  it('is a configuration or a GuardError', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
        expect(attempt(text)).toMatch(/^(accepted|CONFIG_INVALID)$/);
      }),
    );
  });

  it('is no JSON here that is none to Node, and the other way round', () => {
    const pieces = [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"\\u00e9"',
      '1',
      '01',
      '-0.5e3',
      '.5',
      'null',
      'tru',
      '\n',
      '\u00a0',
      '"\t"',
      '//',
      '+1',
    ];
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 7 }).map((parts) => parts.join(''));
    const isSyntax = (json: string): boolean => problemOf(configFile(json)).hint.includes('plain JSON');
    fc.assert(
      fc.property(fc.oneof(text, fc.json()), (json) => {
        fc.pre(json.trim() !== '{}' && attempt(json) !== 'accepted');
        expect(isSyntax(json)).toBe(!isJson(json));
      }),
      { numRuns: 500 },
    );
  });
});
