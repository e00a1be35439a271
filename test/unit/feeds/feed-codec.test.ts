import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFeedBuilder } from '../../../src/feeds/feed-builder.js';
import { decodeFeed, encodeFeed } from '../../../src/feeds/feed-codec.js';
import { osv, parsed } from './support.js';

const id = fc.option(fc.string({ maxLength: 20 }), { nil: null });
const texts = fc.array(fc.string({ minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 4 });
const entry = fc.oneof(
  id.map((one) => ({ id: one, all: true, versions: [], ranges: [] })),
  fc.tuple(id, texts, texts).map(([one, versions, ranges]) => ({ id: one, all: false, versions, ranges })),
);
const names = fc.constantFrom('zq-a', 'zq-b', '@zq/c', 'JSONKelp', 'constructor', 'hasownproperty', '7');

describe('the compact form', () => {
  it('gives back every entry', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(names, entry), { minLength: 1 }), (list) => {
        const builder = createFeedBuilder();
        for (const [name, one] of list) builder.add(name, structuredClone(one));
        builder.add('not a name', null);
        const feed = builder.finish('hallucination');
        const copy = decodeFeed(encodeFeed(feed));
        expect(copy).toMatchObject({ kind: 'hallucination', entries: list.length, skipped: 1 });
        for (const name of [...feed.table.keys(), 'zq-none', 'toString']) {
          expect(copy?.entriesOf(name)).toEqual(feed.entriesOf(name));
        }
      }),
    );
  });

  it('is refused when it is cut, changed, or nothing of ours', async () => {
    const text = encodeFeed(await parsed([osv('zq-a'), osv('zq-b')]));
    expect(decodeFeed(text)?.entries).toBe(2);
    const lines = text.split('\n');
    const wrong = [
      '',
      '{}',
      'x\ny',
      lines[0],
      lines.slice(0, 2).join('\n'),
      `${text}\nzq-c\t`,
      text.replace('\t', ' '),
    ];
    for (const one of [
      ...wrong,
      text.replace('malicious', 'harmless'),
      text.replace('"entries":2', '"entries":"2"'),
    ]) {
      expect(decodeFeed(one ?? '')).toBeNull();
    }
  });

  it('blocks rather too much where a row cannot be read', async () => {
    const text = encodeFeed(await parsed({ 'zq-a': ['1.0.0'], 'zq-b': ['1.0.0'] }));
    const feed = decodeFeed(text.replace('[[null,["1.0.0"],[]]]', '[[null').replace('["1.0.0"]', '[1]'));
    for (const name of ['zq-a', 'zq-b']) expect(feed?.entriesOf(name)).toMatchObject([{ all: true }]);
  });
});
