import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeAgain } from './engine/judge-run.js';
import type { FuzzTarget } from './target.js';
import { TARGETS } from './targets/index.js';

const RUNS = 60;

/** Any bytes, any text, any JSON, words of the grammar in any order, and seeds with a part replaced. */
function inputsFor({ seeds, words }: FuzzTarget): fc.Arbitrary<Buffer> {
  const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
  const sentence = fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((all) => all.join(''));
  const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.json(), sentence).map((text) => Buffer.from(text));
  const changed = fc
    .tuple(fc.constantFrom(...seeds()), fc.nat(), fc.nat(60), fc.oneof(texts, bytes))
    .map(([seed, at, length, part]) => {
      const whole = Buffer.from(seed);
      const start = at % (whole.length + 1);
      return Buffer.concat([whole.subarray(0, start), part, whole.subarray(start + length)]);
    });
  return fc.oneof(bytes, texts, changed, changed);
}

describe('whatever the bytes, there is a value or an error of our own, within the limits', () => {
  it.each(TARGETS)('$name', async (target) => {
    await fc.assert(
      fc.asyncProperty(inputsFor(target), async (input) => {
        expect((await judgeAgain(target, input)).fault).toBeNull();
      }),
      { numRuns: RUNS },
    );
  });
});
