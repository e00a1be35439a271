import { createHash } from 'node:crypto';
import { downloadFactsCodec, packageFactsCodec } from '../../../src/cache/fact-codecs.js';
import { aggregateKey, type FactSpace, parseKey } from '../../../src/cache/fact-space.js';
import { decodeTable, encodeTable, fromRow, toRow } from '../../../src/cache/fact-table.js';
import { decodeFeedContent } from '../../../src/cache/feed-content.js';
import { type IndexLine, parseIndexLine } from '../../../src/cache/index-line.js';
import { isSealed, sealedMetadata } from '../../../src/cache/sealed-entry.js';
import { openKept, sealKept } from '../../../src/cache/sealed-kept.js';
import { readFetchStamp } from '../../../src/cache/stored-fact.js';
import { decodeFeed } from '../../../src/feeds/feed-codec.js';
import { bytesOf, TEST_KEY } from '../../support/cache-keys.js';
import { factsOf } from '../../unit/cache/support.js';
import { type FuzzTarget, mustHold } from '../target.js';
import { JSON_WORDS, NAME_WORDS } from './fixtures.js';

const SPACE: FactSpace = { kind: 'packages', serviceId: '0123456789abcdef' };
const KEY = bytesOf(TEST_KEY);
const KEPT = ['verdicts-v1', 'zq.json'] as const;
const SEALED = sealKept(KEY, ...KEPT, '{"inputs":[],"report":{"status":"allowed"}}');
const LINE = indexLine();
const OURS = claimOf(parseIndexLine(LINE));

/** Tables of facts, lines of the index, kept verdicts and feeds. Holds besides: what was not sealed with the key is not opened. */
export const cacheEntry: FuzzTarget = {
  name: 'cache-entry',
  share: 40,
  seeds: () => [
    table(),
    LINE,
    SEALED,
    '{"kind":"malicious","entries":1,"skipped":0,"names":1}\nzq-a\t[["MAL-1"]]',
  ],
  words: [
    ...JSON_WORDS,
    ...NAME_WORDS,
    ...[
      'phantom-guard-facts 3 packages ',
      'phantom-guard:v3:',
      '\t',
      '\n',
      ' 1767225600000 ',
      'sha512-',
      '"integrity":',
      '"seal":',
    ],
  ],
  run: (bytes) => {
    const text = bytes.toString('utf8');
    readTable(text);
    decodeFeedContent(text);
    decodeFeed(text)?.entriesOf('zq-a');
    mustHold(text === SEALED || openKept(KEY, ...KEPT, text) === null, 'a verdict without a seal is opened');
    const line = parseIndexLine(text) ?? parseIndexLine(withChecksum(text));
    if (line === null) return;
    parseKey(line.key);
    readFetchStamp(line.metadata);
    if (line.integrity === null) return;
    const { integrity } = line;
    const isOurs = isSealed(KEY, { ...line, integrity });
    mustHold(!isOurs || claimOf(line) === OURS, 'an entry without a seal is believed');
  },
};

function readTable(text: string): void {
  for (const row of decodeTable(text, SPACE)?.values() ?? []) {
    const fact = fromRow(row);
    if (fact === null || fact.facts === null) continue;
    packageFactsCodec.decode(fact.facts);
    downloadFactsCodec.decode(fact.facts);
  }
}

/** What is under the seal; the rest of a line is not. */
function claimOf(line: IndexLine | null): string {
  return JSON.stringify([line?.key, line?.integrity, line?.metadata]);
}

/** An attacker can write right checksums. */
function withChecksum(line: string): string {
  const json = line.slice(line.indexOf('\t') + 1);
  return `${createHash('sha1').update(json).digest('hex')}\t${json}`;
}

function indexLine(): string {
  const claim = {
    key: aggregateKey(SPACE),
    integrity: 'sha512-eA==',
    metadata: { fetchedAtMs: 1, etag: null },
  };
  return withChecksum(
    `\t${JSON.stringify({ ...claim, size: 1, time: 1, metadata: sealedMetadata(KEY, claim) })}`,
  );
}

function table(): string {
  const facts = packageFactsCodec.encode(factsOf('zq-a'));
  return encodeTable(
    SPACE,
    new Map([['zq-a', toRow({ fetchedAtMs: 1_767_225_600_000, etag: '"e"', facts })]]),
  ).toString();
}
