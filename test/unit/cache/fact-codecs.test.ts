import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FactCodec } from '../../../src/cache/fact-codec.js';
import { downloadFactsCodec, packageFactsCodec } from '../../../src/cache/fact-codecs.js';
import { FORMAT_VERSION } from '../../../src/cache/fact-space.js';
import type { DownloadFacts, PackageFacts } from '../../../src/model/facts.js';
import { factsOf } from './support.js';

const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const time = orNull(fc.integer({ min: -8.64e15, max: 8.64e15 }));
const count = orNull(fc.nat({ max: Number.MAX_SAFE_INTEGER }));
const text = orNull(fc.string({ unit: 'binary' }));
const flag = orNull(fc.boolean());

const packageFacts: fc.Arbitrary<PackageFacts> = fc.record({
  createdAtMs: time,
  existedAtMs: time,
  latestReleaseAtMs: time,
  releaseCount: count,
  mostReleasesIn24h: count,
  maintainerCount: count,
  ownershipChangedAtMs: time,
  hasRepository: flag,
  repositoryUrl: text,
  descriptionLength: count,
  latestVersion: text,
  hasInstallScript: flag,
  deprecated: text,
  unpublished: fc.boolean(),
  withheld: fc.boolean(),
  versions: fc.dictionary(fc.string({ unit: 'binary' }), orNull(fc.record({ integrity: text }))),
});
const downloadFacts: fc.Arbitrary<DownloadFacts> = fc.record({ weeklyDownloads: count });

function throughJson<F>(codec: FactCodec<F>, facts: F): F | null {
  return codec.decode(JSON.parse(JSON.stringify(codec.encode(facts))));
}

describe('the codecs', () => {
  it('give back what they were given', () => {
    fc.assert(
      fc.property(packageFacts, downloadFacts, (ofPackage, ofDownloads) => {
        expect(throughJson(packageFactsCodec, ofPackage)).toEqual(ofPackage);
        expect(throughJson(downloadFactsCodec, ofDownloads)).toEqual(ofDownloads);
      }),
    );
  });

  it('take any JSON for a miss or for valid facts', () => {
    const element = fc.oneof(fc.jsonValue(), fc.integer(), fc.constantFrom(null, true, '', -1, 0.5, 1e300));
    const junk = fc.oneof(fc.jsonValue(), fc.array(element, { minLength: 13, maxLength: 15 }));
    fc.assert(
      fc.property(junk, (value) => {
        const facts = packageFactsCodec.decode(value);
        if (facts !== null) expect(packageFactsCodec.encode(facts)).toEqual(value);
      }),
    );
  });

  it('refuse one bad field, a missing one and one too many', () => {
    const good = packageFactsCodec.encode(factsOf('zq-made-up'));
    expect(packageFactsCodec.decode(good)).toEqual(factsOf('zq-made-up'));
    expect(packageFactsCodec.decode(good.slice(1))).toBeNull();
    expect(packageFactsCodec.decode([...good, null])).toBeNull();
    for (const [index] of good.entries())
      expect(packageFactsCodec.decode(good.with(index, { junk: 1 }))).toBeNull();
  });

  it('keep a polluting name a plain value', () => {
    const facts = downloadFactsCodec.decode(JSON.parse('{"__proto__":{"weeklyDownloads":1},"length":1}'));
    expect(facts).toBeNull();
    expect(({} as { weeklyDownloads?: number }).weeklyDownloads).toBeUndefined();
  });

  it('have the fields of this format version, which goes up when they change', () => {
    expect(FORMAT_VERSION).toBe(3);
    expect(Object.keys(factsOf('a'))).toEqual(
      Object.keys(throughJson(packageFactsCodec, factsOf('a')) ?? {}),
    );
    expect(packageFactsCodec.encode(factsOf('a'))).toHaveLength(16);
    expect(downloadFactsCodec.encode({ weeklyDownloads: 7 })).toEqual([7]);
  });
});
