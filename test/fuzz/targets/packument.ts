import { isDeepStrictEqual } from 'node:util';
import { packageFactsCodec } from '../../../src/cache/fact-codecs.js';
import { JSON_FORMAT } from '../../../src/registry/body-format.js';
import { parsePackument } from '../../../src/registry/packument.js';
import { packument as fakePackument } from '../../support/fake-packument.js';
import { type FuzzTarget, mustHold } from '../target.js';
import { JSON_WORDS, NAME_WORDS } from './fixtures.js';

const NAME = 'zq-a';
const NOW_MS = Date.UTC(2026, 2, 1);

/** Holds besides: no fact is from the future, and the cache gives back what was put in. */
export const packument: FuzzTarget = {
  name: 'packument',
  share: 25,
  seeds: () => [
    JSON.stringify(fakePackument({ name: NAME, versions: { '1.0.0': '2020-01-01T00:00:00.000Z' } })),
    JSON.stringify(fakePackument({ name: NAME, created: null, maintainers: null })),
    '{"name":"zq-a","time":{"unpublished":{"time":"2020-01-01T00:00:00.000Z"}}}',
  ],
  words: [
    ...JSON_WORDS,
    ...NAME_WORDS,
    ...[
      '"versions":',
      '"time":',
      '"dist-tags":',
      '"latest":',
      '"created":',
      '"modified":',
      '"maintainers":',
      '"dist":',
    ],
    ...[
      '"9999-01-01T00:00:00.000Z"',
      '"+275760-09-13T00:00:00.001Z"',
      '"_npmUser":',
      '"repository":',
      '"deprecated":',
    ],
  ],
  run: (bytes) => {
    const body = JSON_FORMAT.decode(bytes);
    if (body === null) return;
    const facts = parsePackument(body.value, NAME, NOW_MS, ['1.0.0', '__proto__']);
    if (facts === null) return;
    for (const atMs of [facts.createdAtMs, facts.latestReleaseAtMs, facts.ownershipChangedAtMs])
      mustHold(atMs === null || atMs <= NOW_MS, 'a fact is from the future');
    const stored: unknown = JSON.parse(JSON.stringify(packageFactsCodec.encode(facts)));
    mustHold(isDeepStrictEqual(packageFactsCodec.decode(stored), facts), 'the cache gives other facts back');
  },
};
