import { describe, expect, it } from 'vitest';
import { parseKey } from '../../../src/cache/fact-space.js';
import { decodeFeedContent, encodeFeedContent } from '../../../src/cache/feed-content.js';
import { feedKey, parseFeedKey } from '../../../src/cache/feed-key.js';

const URL = 'https://feeds.example.test/npm.json?part=1';

describe('the key of a feed', () => {
  it('holds nothing of the URL, and credentials do not count', () => {
    expect(feedKey(URL)).toMatch(/^phantom-guard-feed:v1:[0-9a-f]{16}$/);
    expect(feedKey(URL.replace('//', '//ada:s3cret@'))).toBe(feedKey(URL));
    expect(feedKey(URL.replace('1', '2'))).not.toBe(feedKey(URL));
  });

  it('is read back, and is no key of facts', () => {
    expect(feedKey(URL)).toContain(parseFeedKey(feedKey(URL)));
    expect(parseKey(feedKey(URL))).toBeNull();
  });

  it.each(['', 'phantom-guard-feed:v2:0123456789abcdef', 'phantom-guard-feed:v1:0123', 'x'])(
    'is none of ours: %s',
    (key) => {
      expect(parseFeedKey(key)).toBeNull();
    },
  );
});

describe('the content of a feed', () => {
  it('is a header that never repeats, and the text', () => {
    const [one, other] = [encodeFeedContent('a\nb').toString(), encodeFeedContent('a\nb').toString()];
    expect(one).not.toBe(other);
    expect(decodeFeedContent(one)).toBe('a\nb');
  });

  it.each(['', 'a\nb', 'phantom-guard-feed 2 x\na', 'phantom-guard-feed 1 x'])(
    'is refused: %j',
    (content) => {
      expect(decodeFeedContent(content)).toBeNull();
    },
  );
});
