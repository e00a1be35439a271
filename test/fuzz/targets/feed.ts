import { decodeFeed, encodeFeed } from '../../../src/feeds/feed-codec.js';
import { parseFeed } from '../../../src/feeds/parse-feed.js';
import { type FuzzTarget, mustHold } from '../target.js';
import { JSON_WORDS, NAME_WORDS } from './fixtures.js';

const OSV =
  '{"id":"MAL-1","modified":"2026-01-01T00:00:00Z","affected":[{"package":{"ecosystem":"npm","name":"zq-a"},"versions":["1.0.0"],"ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"2.0.0"}]}]}]}';

/** Holds besides: a feed without an entry is refused, and the kept form says the same as the source. */
export const feed: FuzzTarget = {
  name: 'feed',
  seeds: () => [
    OSV,
    `${OSV}\n${OSV}`,
    `[${OSV}]`,
    '{"zq-a":["1.0.0","2.0.0"],"@zq/b":null}',
    'name,version\nzq-a,1.0.0;1.0.1\n"zq-b",\n',
    'package\tecosystem\tmodel\nzq-a\tnpm\tm\n',
  ],
  words: [
    ...JSON_WORDS,
    ...NAME_WORDS,
    ...[
      '"affected":',
      '"events":',
      '"introduced":',
      '"fixed":',
      '"last_affected":',
      '"limit":',
      '"withdrawn":',
      '"ecosystem":',
    ],
    ...[
      'name,version\n',
      '\t',
      '\r\n',
      '""',
      ';',
      '<html>',
      '\uFEFF',
      '"SEMVER"',
      '"ECOSYSTEM"',
      '1.0.0-a.b+c',
    ],
  ],
  run: async (bytes) => {
    const parsed = await parseFeed(bytes.toString('utf8'));
    mustHold(parsed.entries > 0 && parsed.table.size > 0, 'a feed without an entry');
    const kept = decodeFeed(encodeFeed(parsed));
    mustHold(kept !== null, 'the kept form cannot be read');
    for (const [name, entries] of parsed.table)
      mustHold(
        JSON.stringify(kept?.entriesOf(name)) === JSON.stringify(entries),
        `${name} is another one when kept`,
      );
  },
};
