import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Signal, SignalCode } from '../../../src/model/signal.js';
import { hasHardEvidence, scoreSignals } from '../../../src/score/score.js';
import { weightOf } from '../../../src/score/weights.js';
import { detectSignals } from '../../../src/signals/index.js';
import { signalCases } from '../signals/cases.js';

const fired: readonly Signal[] = (Object.keys(signalCases) as SignalCode[]).flatMap((code) =>
  detectSignals(signalCases[code].fires).filter((signal) => signal.code === code),
);
const NAMES = new Set<SignalCode>([
  'NOT_IN_SNAPSHOT',
  'TYPOSQUAT',
  'HALLUCINATION_PATTERN',
  'NAMESPACE_SQUATTING',
  'CROSS_ECOSYSTEM',
  'CORE_MODULE',
]);
const signals = fc.subarray([...fired]);

describe('the score', () => {
  it('lies in [0, 1] for every set of signals', () => {
    fc.assert(
      fc.property(signals, (some) => {
        expect(scoreSignals(some)).toBeGreaterThanOrEqual(0);
        expect(scoreSignals(some)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('never falls by a signal that raises risk, never rises by one that lowers it', () => {
    fc.assert(
      fc.property(signals, fc.constantFrom(...fired), (some, one) => {
        const [without, withOne] = [scoreSignals(some), scoreSignals([...some, one])];
        if (one.weight > 0) expect(withOne).toBeGreaterThanOrEqual(without);
        else expect(withOne).toBeLessThanOrEqual(without);
      }),
    );
  });

  it('blocks on no single signal but hard evidence', () => {
    const blocking = fired.filter((signal) => scoreSignals([signal]) >= 0.6);
    expect(blocking.map(({ code }) => code)).toEqual([
      'NOT_FOUND',
      'KNOWN_MALICIOUS',
      'SECURITY_HOLD',
      'RESOLVED_MISMATCH',
      'INTEGRITY_MISMATCH',
    ]);
    expect(blocking.every((signal) => hasHardEvidence([signal]))).toBe(true);
  });

  it('blocks on hard evidence, whatever speaks for the package', () => {
    const inFavour = fired.filter(({ weight }) => weight < 0);
    for (const signal of fired.filter((one) => hasHardEvidence([one])))
      expect(scoreSignals([signal, ...inFavour])).toBeGreaterThanOrEqual(0.6);
  });

  it('never blocks on the name alone, nor on soft evidence where an established package asks for it', () => {
    fc.assert(
      fc.property(signals, (some) => {
        const soft = some.filter((signal) => !hasHardEvidence([signal]));
        const parent = fired.filter(({ code }) => code === 'PARENT_ESTABLISHED');
        expect(scoreSignals([...soft, ...parent])).toBeLessThan(0.6);
        expect(scoreSignals(soft.filter(({ weight, code }) => weight <= 0 || NAMES.has(code)))).toBeLessThan(
          0.6,
        );
      }),
    );
  });

  it('weighs the first week more than the rest of the first month', () => {
    expect(weightOf('RECENTLY_CREATED', { ageDays: 3 })).toBeGreaterThan(
      weightOf('RECENTLY_CREATED', { ageDays: 20 }),
    );
  });
});
