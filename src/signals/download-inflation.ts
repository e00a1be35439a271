import { ageInDays, type Detector, factsOf, weeklyDownloadsOf } from './detector.js';
import { RECENT_DAYS } from './recently-created.js';

/** A name in its first month with one or two releases has no users yet; mirrors and scanners account for hundreds a week. */
const IMPLAUSIBLE_PER_WEEK = 10_000;
const FEW = 3;

/**
 * The attack: downloads are produced by a script, so that a fresh squat looks used.
 *
 * Known false positives: a genuine package that a popular one begins to depend on in its first days.
 */
export const downloadInflation: Detector = {
  code: 'DOWNLOAD_INFLATION',
  needs: 'facts',
  detect: (subject) => {
    const facts = factsOf(subject);
    const ageDays = ageInDays(facts?.createdAtMs ?? null, subject.nowMs);
    const weeklyDownloads = weeklyDownloadsOf(subject);
    const releases = facts?.releaseCount ?? null;
    if (ageDays === null || weeklyDownloads === null || releases === null) return null;
    const implausible = ageDays < RECENT_DAYS && releases < FEW && weeklyDownloads >= IMPLAUSIBLE_PER_WEEK;
    return implausible ? { ageDays, weeklyDownloads, releases } : null;
  },
};
