import { ageInDays, type Detector, factsOf } from './detector.js';

/** The predecessor's bound: squats are found and removed within weeks, so most live ones are younger than a month. */
export const RECENT_DAYS = 30;

/**
 * The attack: an invented name is registered shortly before it is installed.
 *
 * Known false positives: genuine packages in their first month. A mirror that gives its own times is no evidence:
 * without the registry's own creation date this signal stays silent.
 */
export const recentlyCreated: Detector = {
  code: 'RECENTLY_CREATED',
  needs: 'facts',
  detect: (subject) => {
    const ageDays = ageInDays(factsOf(subject)?.createdAtMs ?? null, subject.nowMs);
    return ageDays !== null && ageDays < RECENT_DAYS ? { ageDays } : null;
  },
};
