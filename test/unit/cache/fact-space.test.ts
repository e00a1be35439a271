import { describe, expect, it } from 'vitest';
import { aggregateKey, factSpaceOf, parseKey, recordKey } from '../../../src/cache/fact-space.js';
import { nameOf } from './support.js';

const space = factSpaceOf('packages', 'https://registry.example.test/');

describe('keys', () => {
  it('name format, kind, service and package', () => {
    expect(recordKey(space, nameOf('@zq/a'))).toMatch(/^phantom-guard:v3:packages:[0-9a-f]{16}:@zq\/a$/);
    expect(aggregateKey(space)).toMatch(/^phantom-guard:v3:all-packages:[0-9a-f]{16}$/);
  });

  it('tell upper case from lower case', () => {
    expect(recordKey(space, nameOf('JSONStream'))).not.toBe(recordKey(space, nameOf('jsonstream')));
  });

  it('hold nothing of the URL, and credentials do not count', () => {
    const withPassword = factSpaceOf('packages', 'https://ada:s3cret@registry.example.test/');
    expect(withPassword).toEqual(space);
    expect(recordKey(space, nameOf('a'))).not.toContain('example');
    expect(factSpaceOf('packages', 'no url').serviceId).toMatch(/^[0-9a-f]{16}$/);
  });

  it('differ between services and kinds', () => {
    expect(factSpaceOf('packages', 'https://other.example.test/')).not.toEqual(space);
    expect(factSpaceOf('downloads', 'https://registry.example.test/').kind).toBe('downloads');
  });

  it('are read back', () => {
    expect(parseKey(recordKey(space, nameOf('@zq/a')))).toEqual({ type: 'record', space, name: '@zq/a' });
    expect(parseKey(aggregateKey(space))).toEqual({ type: 'aggregate', space });
  });

  it.each([
    '',
    'make-fetch-happen:request-cache:https://registry.example.test/a',
    `phantom-guard:v1:packages:${space.serviceId}:a`,
    `phantom-guard:v3:packages:${space.serviceId}`,
    `phantom-guard:v3:all-packages:${space.serviceId}:a`,
    `phantom-guard:v3:unknown:${space.serviceId}:a`,
    'phantom-guard:v3:packages:xyz:a',
  ])('of others are none of ours: %s', (key) => {
    expect(parseKey(key)).toBeNull();
  });
});
