import { serviceIdOf } from './fact-space.js';

/** Version of the key, of the header and of the text that src/feeds stores. */
export const FEED_FORMAT_VERSION = 1;

const PREFIX = `phantom-guard-feed:v${FEED_FORMAT_VERSION}`;

/** Key of the feed at `url`: neither host, path nor credentials are readable in the cache. */
export function feedKey(url: string): string {
  return `${PREFIX}:${serviceIdOf(url)}`;
}

/** Hash of the feed's URL; `null` for a key that is no feed's, or another version's. */
export function parseFeedKey(key: string): string | null {
  const match = /^(phantom-guard-feed:v\d+):([0-9a-f]{16})$/.exec(key);
  return match?.[1] === PREFIX ? (match[2] ?? null) : null;
}
