import { describe, expect, it } from 'vitest';
import { withStorePassword } from '../../../src/gateway/store-password.js';

const VARIABLE = 'PHANTOM_GUARD_STORE_PASSWORD';

describe('the password of the store', () => {
  it('comes from the environment where the configuration has none, whatever is in it', () => {
    const url = withStorePassword('rediss://zq-user@redis.example:6380?deadline=90', {
      [VARIABLE]: 'a:b@c/d%20#é',
    });
    const { username, password, host, search } = new URL(url ?? '');
    expect([username, decodeURIComponent(password), host, search]).toEqual([
      'zq-user',
      'a:b@c/d%20#é',
      'redis.example:6380',
      '?deadline=90',
    ]);
  });

  it.each([
    [
      'one that stands in the configuration counts',
      'redis://:mine@redis.example',
      { [VARIABLE]: 'other' },
      'mine',
    ],
    ['none, where there is none', 'redis://redis.example', {}, ''],
    ['none, where it is empty', 'redis://redis.example', { [VARIABLE]: '' }, ''],
  ])('%s', (_, store, env, password) => {
    expect(new URL(withStorePassword(store, env) ?? '').password).toBe(password);
  });

  it('makes no store where there is none', () => {
    expect(withStorePassword(null, { [VARIABLE]: 'zq-password' })).toBeNull();
  });
});
