import { describe, expect, it } from 'vitest';
import { createCachedLookup } from '../../../src/registry/cached-lookup.js';

type Found = { readonly error: unknown; readonly address: unknown; readonly family: unknown };

function lookupWith(fails: readonly string[] = []) {
  const asked: string[] = [];
  let nowMs = 0;
  const lookup = createCachedLookup(
    (hostname, _options, done) => {
      asked.push(hostname);
      if (fails.includes(hostname)) done(Object.assign(new Error('x'), { code: 'ENOTFOUND' }), []);
      else done(null, '127.0.0.1', 4);
    },
    () => nowMs,
  );
  const find = (hostname: string, family = 0): Promise<Found> =>
    new Promise((found) =>
      lookup(hostname, { family }, (error, address, known) => found({ error, address, family: known })),
    );
  const pass = (ms: number): void => {
    nowMs += ms;
  };
  return { asked, find, pass };
}

describe('an address', () => {
  it('is asked for once by many connections', async () => {
    const { asked, find } = lookupWith();
    const found = await Promise.all([find('a.test'), find('a.test'), find('b.test')]);
    expect(found[0]).toEqual({ error: null, address: '127.0.0.1', family: 4 });
    expect(asked).toEqual(['a.test', 'b.test']);
  });

  it('is asked for again for another family, and after five minutes', async () => {
    const { asked, find, pass } = lookupWith();
    await find('a.test');
    await find('a.test', 6);
    pass(5 * 60_000);
    await find('a.test');
    expect(asked).toHaveLength(3);
  });

  it('is asked for again after a failure', async () => {
    const { asked, find } = lookupWith(['a.test']);
    expect((await find('a.test')).error).toMatchObject({ code: 'ENOTFOUND' });
    await find('a.test');
    expect(asked).toHaveLength(2);
  });
});
