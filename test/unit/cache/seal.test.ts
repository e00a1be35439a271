import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSeal, sealOf } from '../../../src/cache/seal.js';
import { isSealed, sealedMetadata } from '../../../src/cache/sealed-entry.js';
import { openKept, sealKept } from '../../../src/cache/sealed-kept.js';

const KEY = Buffer.alloc(32, 1);
const OTHER = Buffer.alloc(32, 2);
const purpose = fc.string().filter((text) => !text.includes('\n'));

describe('a seal', () => {
  it('fits its key, its purpose and its text, and no others', () => {
    fc.assert(
      fc.property(purpose, purpose, fc.string(), fc.string(), (mine, theirs, text, change) => {
        const seal = sealOf(KEY, mine, text);
        expect(isSeal(seal, KEY, mine, text)).toBe(true);
        expect(isSeal(seal, OTHER, mine, text)).toBe(false);
        expect(isSeal(seal, KEY, theirs, text)).toBe(theirs === mine);
        expect(isSeal(seal, KEY, mine, text + change)).toBe(change === '');
      }),
    );
  });

  it.each([undefined, null, 7, '', 'x', {}, 'A'.repeat(43), 'ü'.repeat(43)])('is none: %j', (seal) => {
    expect(isSeal(seal, KEY, 'purpose', 'text')).toBe(false);
  });
});

describe('an index entry', () => {
  const entry = { key: 'k', integrity: 'sha512-x', size: null };
  const metadata = sealedMetadata(KEY, { ...entry, metadata: { fetchedAtMs: 1, etag: null } });

  it('is sealed with its key, its content and its metadata', () => {
    const read = JSON.parse(JSON.stringify(metadata));
    expect(isSealed(KEY, { ...entry, metadata: read })).toBe(true);
    expect(isSealed(OTHER, { ...entry, metadata: read })).toBe(false);
    expect(isSealed(KEY, { ...entry, key: 'l', metadata: read })).toBe(false);
    expect(isSealed(KEY, { ...entry, integrity: 'sha512-y', metadata: read })).toBe(false);
    expect(isSealed(KEY, { ...entry, metadata: { ...read, fetchedAtMs: 2 } })).toBe(false);
    expect(isSealed(KEY, { ...entry, metadata: { ...read, more: 1 } })).toBe(false);
  });

  it.each([null, undefined, 'text', [], {}])('is not sealed with the metadata %j', (none) => {
    expect(isSealed(KEY, { ...entry, metadata: none })).toBe(false);
  });
});

describe('a kept file', () => {
  const sealed = sealKept(KEY, 'verdicts-v1', 'a.json', '{"a":\n1}');

  it('is opened with its key, under its name', () => {
    expect(openKept(KEY, 'verdicts-v1', 'a.json', sealed)).toBe('{"a":\n1}');
    expect(openKept(OTHER, 'verdicts-v1', 'a.json', sealed)).toBeNull();
    expect(openKept(KEY, 'verdicts-v1', 'b.json', sealed)).toBeNull();
    expect(openKept(KEY, 'registries-v1', 'a.json', sealed)).toBeNull();
  });

  it.each(['', '\n', 'x', '{"a":1}', `${sealed} `, sealed.slice(1)])('is none: %j', (text) => {
    expect(openKept(KEY, 'verdicts-v1', 'a.json', text)).toBeNull();
  });
});
