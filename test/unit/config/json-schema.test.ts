import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configJsonSchemaText } from '../../../scripts/config-json-schema.js';
import { parseConfig } from '../../../src/config/parse-config.js';
import { KNOWN_KEYS } from '../../../src/config/schema.js';
import { SIGNAL_CODES } from '../../../src/model/signal.js';
import type { PolicySource } from '../../../src/policy/policy.js';
import { ENTRY } from './samples.js';
import { configFile } from './support.js';
import { accepts, type Schema } from './tiny-json-schema.js';

const FILE = path.resolve(import.meta.dirname, '../../../schemas/config.schema.json');
const text = readFileSync(FILE, 'utf8');
const schema: Schema = JSON.parse(text);

function parses(document: unknown, source: PolicySource = 'user'): boolean {
  try {
    parseConfig(configFile(JSON.stringify(document), source));
    return true;
  } catch {
    return false;
  }
}

const entry = (change: object) => ({ exceptions: [{ ...ENTRY, ...change }] });

const BOTH_ACCEPT: readonly unknown[] = [
  {},
  { $schema: 'https://unpkg.com/phantom-guard-install/schemas/config.schema.json', failOn: 'high-risk' },
  { onUnavailable: 'allow' },
  { onUnavailable: { ci: 'block' }, thresholds: { safe: 0.1 } },
  { trustedScopes: ['@corp'], mirrors: ['https://npm.corp.example/'], store: 'redis://cache.example' },
  {
    feeds: ['a.json', { source: 'https://feeds.example/b', kind: 'hallucination' }],
    projectExceptions: false,
  },
  entry({ signals: SIGNAL_CODES, author: 'Ada', expires: '2026-12-31' }),
  entry({ name: '@corp/JSONStream' }),
];

const BOTH_REFUSE: readonly unknown[] = [
  null,
  [],
  'high-risk',
  { failon: 'suspicious' },
  { failOn: 'safe' },
  { onUnavailable: { cd: 'block' } },
  { onUnavailable: [] },
  { thresholds: [] },
  { thresholds: { safe: 0 } },
  { thresholds: { high: 1.5 } },
  { trustedScopes: '@corp' },
  { trustedScopes: ['@corp/*'] },
  { mirrors: ['npm.corp.example'] },
  { feeds: [{ kind: 'malicious' }] },
  { feeds: [''] },
  { store: 'http://cache.example' },
  { projectExceptions: 'no' },
  entry({ name: '*' }),
  entry({ name: '@corp/*' }),
  entry({ version: '' }),
  entry({ signals: [] }),
  entry({ signals: ['*'] }),
  entry({ signals: ['TYPOSQUAT', 'TYPOSQUAT'] }),
  entry({ reason: ' ' }),
  entry({ expires: 'never' }),
  entry({ integrity: 'md5-x' }),
  entry({ until: '2026-12-31' }),
  { exceptions: [{ name: 'zq-a', version: '1.0.0', signals: ['TYPOSQUAT'] }] },
];

/** What only the code can say. */
const ONLY_CODE_REFUSES: readonly (readonly [string, unknown, 'project'?])[] = [
  ['safe above high', { thresholds: { safe: 0.7, high: 0.6 } }],
  ['a range of everything', entry({ version: '>=0.0.0' })],
  ['a dist-tag', entry({ version: 'latest' })],
  ['a name that npm refuses', entry({ name: 'node_modules' })],
  ['a day of no calendar', entry({ expires: '2026-02-30' })],
  ['a hash of the wrong length', entry({ integrity: 'sha512-abc' })],
  ['a scope that npm refuses', { trustedScopes: ['@a b'] }],
  ['credentials in a mirror', { mirrors: ['https://u:p@npm.corp.example/'] }],
  ['plain http for a feed', { feeds: ['http://feeds.example/'] }],
  ['a store without a host', { store: 'redis://' }],
  ['a key of the user level in a project', { projectExceptions: false }, 'project'],
];

describe('the published JSON schema', () => {
  it('is the one that npm run build:schemas writes', () => {
    expect(text).toBe(configJsonSchemaText());
  });

  it('describes every key', () => {
    const described = [...text.matchAll(/^ *"description": /gm)].length;
    const keys = [...KNOWN_KEYS.values()].flat().length;
    expect(described).toBeGreaterThanOrEqual(keys);
  });

  it.each(BOTH_ACCEPT)('accepts what the program accepts: %j', (document) => {
    expect([accepts(schema, document), parses(document)]).toEqual([true, true]);
  });

  it.each(BOTH_REFUSE)('refuses what the program refuses: %j', (document) => {
    expect([accepts(schema, document), parses(document)]).toEqual([false, false]);
  });

  it.each(ONLY_CODE_REFUSES)('cannot say what is wrong with %s', (_, document, source) => {
    expect([accepts(schema, document), parses(document, source === 'project' ? 'project' : 'user')]).toEqual([
      true,
      false,
    ]);
  });

  it('refuses nothing that the program accepts', () => {
    const leaf = fc.oneof(
      fc.constantFrom<unknown>(
        'high-risk',
        'block',
        'warn',
        0.3,
        1,
        0,
        true,
        null,
        '',
        '@corp',
        'https://x.example/',
      ),
      fc.constantFrom<unknown>('TYPOSQUAT', '1.x', 'zq-a', '2026-01-01', 'redis://x', 'malicious', [], {}),
    );
    const object = (keys: readonly string[], value: fc.Arbitrary<unknown>) =>
      fc.dictionary(fc.constantFrom(...keys, 'other'), value, { maxKeys: 4 });
    const inner = fc.oneof(
      leaf,
      fc.array(leaf, { maxLength: 2 }),
      ...[...KNOWN_KEYS.values()].slice(1).map((keys) => object(keys, leaf)),
      fc.array(object(KNOWN_KEYS.get('feeds[]') ?? [], leaf), { maxLength: 2 }),
      fc.constant([ENTRY]),
    );
    fc.assert(
      fc.property(object(KNOWN_KEYS.get('') ?? [], inner), (document) => {
        if (parses(document)) expect(accepts(schema, document)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
