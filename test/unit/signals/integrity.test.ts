import { describe, expect, it } from 'vitest';
import { parseIntegrity, pinsOnly } from '../../../src/signals/integrity.js';
import { integrityMismatch, isIntegrityCompared } from '../../../src/signals/integrity-mismatch.js';
import { subject } from '../../support/subjects.js';

const A = `sha512-${'A'.repeat(86)}==`;
const B = `sha512-${'B'.repeat(86)}==`;
const SHA1 = 'sha1-Kq5sNclPz7QV2+lfQIuc6R7oRu0=';

describe('an integrity string', () => {
  it('is compared by the strongest algorithm that is pinned', () => {
    expect(pinsOnly(A, A)).toBe(true);
    expect(pinsOnly(A, B)).toBe(false);
    expect(pinsOnly(`${SHA1} ${A}`, `${SHA1} ${B}`)).toBe(false);
    expect(pinsOnly(SHA1, `${SHA1} ${A}`)).toBe(true);
    expect(pinsOnly(A, SHA1)).toBeNull();
    expect(pinsOnly(`${SHA1} ${A}`, SHA1)).toBeNull();
  });

  it('pins nothing but what is known only when every hash is known: npm takes any of them', () => {
    expect(pinsOnly(`${A} ${B}`, A)).toBe(false);
    expect(pinsOnly(A, `${A} ${B}`)).toBe(true);
  });

  it('is read without its options, and without what is no hash', () => {
    expect(parseIntegrity(`${A}?foo  ${SHA1}\n`)).toHaveLength(2);
    expect(parseIntegrity('sha512 crc32-AAAA ="" sha512-?')).toEqual([]);
  });
});

describe('a lockfile that pins several hashes', () => {
  const pinned = (integrity: string, published: string) =>
    subject({ entry: { integrity }, facts: { versions: { '1.0.0': { integrity: published } } } });

  it.each([
    [`${A} ${B}`, A],
    [`${B} ${A}`, A],
    [`${SHA1} ${B}`, `${SHA1} ${A}`],
  ])('differs from the registry where one of the strongest is not its own: %#', (integrity, published) => {
    expect(integrityMismatch.detect(pinned(integrity, published))).toEqual({
      expected: published,
      found: integrity,
    });
  });

  it('is not compared where the registry states none of the strongest', () => {
    const one = pinned(`${SHA1} ${A}`, SHA1);
    expect([integrityMismatch.detect(one), isIntegrityCompared(one)]).toEqual([null, false]);
    expect(isIntegrityCompared(pinned(SHA1, `${SHA1} ${A}`))).toBe(true);
  });
});
