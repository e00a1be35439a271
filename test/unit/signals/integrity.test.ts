import { describe, expect, it } from 'vitest';
import { parseIntegrity, sameIntegrity } from '../../../src/signals/integrity.js';

const A = `sha512-${'A'.repeat(86)}==`;
const B = `sha512-${'B'.repeat(86)}==`;
const SHA1 = 'sha1-Kq5sNclPz7QV2+lfQIuc6R7oRu0=';

describe('an integrity string', () => {
  it('is compared by the strongest algorithm that both have', () => {
    expect(sameIntegrity(A, A)).toBe(true);
    expect(sameIntegrity(A, B)).toBe(false);
    expect(sameIntegrity(`${SHA1} ${A}`, `${SHA1} ${B}`)).toBe(false);
    expect(sameIntegrity(`${SHA1} ${A}`, SHA1)).toBe(true);
    expect(sameIntegrity(A, SHA1)).toBeNull();
  });

  it('may hold several hashes of one algorithm, of which one must be right', () => {
    expect(sameIntegrity(`${A} ${B}`, B)).toBe(true);
  });

  it('is read without its options, and without what is no hash', () => {
    expect(parseIntegrity(`${A}?foo  ${SHA1}\n`)).toHaveLength(2);
    expect(parseIntegrity('sha512 crc32-AAAA ="" sha512-?')).toEqual([]);
  });
});
