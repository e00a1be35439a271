import { parseConfig } from '../../../src/config/parse-config.js';
import { type FuzzTarget, mustHold } from '../target.js';
import { JSON_WORDS, NAME_WORDS } from './fixtures.js';

const SEEDS = [
  '{"failOn":"suspicious","onUnavailable":{"ci":"block","interactive":"warn"},"thresholds":{"safe":0.2,"high":0.5}}',
  '{"exceptions":[{"name":"zq-a","version":"^1.0.0","signals":["RECENTLY_CREATED"],"reason":"ours","expires":"2030-01-01"}],"trustedScopes":["@zq"]}',
  '{"feeds":["https://host.example.test/feed.json",{"source":"./feed.csv","kind":"malicious"}],"mirrors":["https://host.example.test/"],"store":"redis://host.example.test"}',
];
const WORDS = [
  ...JSON_WORDS,
  ...NAME_WORDS,
  ...[
    '"exceptions":',
    '"name":',
    '"*"',
    '"version":',
    '"signals":',
    '"reason":',
    '"NOT_FOUND"',
    '"KNOWN_MALICIOUS"',
  ],
  ...[
    '"projectExceptions":',
    '"thresholds":',
    '"failOn":',
    '"extends":',
    '"onUnavailable":',
    '"allow"',
    '"$schema":',
  ],
];

/** Holds besides: no exception is for all packages or without a reason, and thresholds are scores. */
function read(source: 'project' | 'user', keyPath: readonly string[], bytes: Buffer): void {
  const text = bytes.toString('utf8');
  const { exceptions, thresholds } = parseConfig({
    path: '/zq/phantom-guard.config.json',
    label: 'phantom-guard.config.json',
    text,
    hasBom: false,
    source,
    keyPath,
  });
  for (const { name, reason } of exceptions) {
    mustHold(!name.includes('*'), 'an exception for all packages');
    mustHold(reason.trim() !== '', 'an exception without a reason');
  }
  for (const score of [thresholds.safe, thresholds.high])
    mustHold(score === null || (score > 0 && score <= 1), 'a threshold that no score can have');
}

export const configs: readonly FuzzTarget[] = [
  {
    name: 'config-project',
    share: 12,
    seeds: () => SEEDS,
    words: WORDS,
    run: (bytes) => read('project', [], bytes),
  },
  {
    name: 'config-user',
    share: 12,
    seeds: () => [...SEEDS, '{"projectExceptions":false}'],
    words: WORDS,
    run: (bytes) => read('user', [], bytes),
  },
  {
    name: 'config-in-manifest',
    share: 12,
    seeds: () => SEEDS.map((seed) => `{"name":"zq","phantomGuard":${seed}}`),
    words: [...WORDS, '"phantomGuard":'],
    run: (bytes) => read('project', ['phantomGuard'], bytes),
  },
];
