import { ageInDays, type Detector, factsOf } from './detector.js';

/** The predecessor's bound. */
const LONG_DAYS = 365;

/**
 * Lowers the risk: a squat rarely survives a year. The earliest time that the registry states is used, which on a
 * mirror is later than the truth, so the evidence is never overstated.
 */
export const longHistory: Detector = {
  code: 'LONG_HISTORY',
  needs: 'facts',
  detect: (subject) => {
    const ageDays = ageInDays(factsOf(subject)?.existedAtMs ?? null, subject.nowMs);
    return ageDays !== null && ageDays > LONG_DAYS ? { ageDays } : null;
  },
};
