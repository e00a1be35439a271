import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distributionOf, medianOf, quantileOf, trendOf } from '../../../bench/perf/distribution.js';

const numbers = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 200 });

describe('a quantile', () => {
  it('is a sample: the least that its share of all does not exceed', () => {
    const sorted = Array.from({ length: 100 }, (_, index) => index + 1);
    expect([0, 0.5, 0.9, 0.99, 1].map((share) => quantileOf(sorted, share))).toEqual([1, 50, 90, 99, 100]);
  });

  it('is the only sample where there is one', () => {
    expect([0, 0.5, 0.99, 1].map((share) => quantileOf([7], share))).toEqual([7, 7, 7, 7]);
  });

  it('has no value without samples', () => {
    expect(() => quantileOf([], 0.5)).toThrow(RangeError);
    expect(() => distributionOf([])).toThrow(RangeError);
  });
});

describe('a distribution', () => {
  it('has its quantiles in order and counts every sample once', () => {
    fc.assert(
      fc.property(numbers, (samples) => {
        const { count, min, p50, p90, p99, max, histogram } = distributionOf(samples);
        expect([min, p50, p90, p99, max]).toEqual([min, p50, p90, p99, max].toSorted((a, b) => a - b));
        expect(count).toBe(samples.length);
        expect(histogram.reduce((sum, [, inIt]) => sum + inIt, 0)).toBe(samples.length);
      }),
    );
  });

  it('leaves the samples as they were', () => {
    const samples = [3, 1, 2];
    expect(distributionOf(samples).p50).toBe(2);
    expect(samples).toEqual([3, 1, 2]);
  });

  it('sorts by value, not by text', () => {
    expect(medianOf([10, 9, 100])).toBe(10);
  });

  it('puts a sample below the bound of its part of the histogram', () => {
    expect(distributionOf([0, 1, 1.9, 3]).histogram).toEqual([
      [0, 1],
      [1, 1],
      [2, 1],
      [4, 1],
    ]);
  });
});

describe('a trend', () => {
  it('is the growth of each step', () => {
    expect(trendOf([1, 3, 5, 7])).toBe(2);
    expect(trendOf([5, 5, 5])).toBe(0);
  });

  it('is not moved by one outlier', () => {
    expect(trendOf([1, 2, 3, 900, 5, 6, 7])).toBe(1);
  });
});
