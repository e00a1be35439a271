import { ageInDays, type Detector, factsOf, weeklyDownloadsOf } from './detector.js';
import { RECENT_DAYS } from './recently-created.js';

/** Scanners and mirrors alone fetch a new name a few hundred times a week; from here on somebody uses it. */
const USED_PER_WEEK = 1_000;
/** Scripts that make downloads are cheap, so a name younger than this earns nothing by them. */
const TOO_YOUNG_DAYS = 7;
const FEW_RELEASES = 3;
/** A campaign lasts weeks; whoever is used for a season is used. */
const YOUNG_DAYS = 90;

/**
 * Lowers the risk: a name that many install every week has been looked at. The weight grows with the downloads.
 *
 * In its first three months a name earns only as much as `young` allows; nothing in its first week, nor in its first month
 * with fewer than three releases: a script can make downloads, but not a history.
 */
export const popularPackage: Detector = {
  code: 'POPULAR_PACKAGE',
  needs: 'downloads',
  detect: (subject) => {
    const weeklyDownloads = weeklyDownloadsOf(subject);
    if (weeklyDownloads === null || weeklyDownloads < USED_PER_WEEK) return null;
    const facts = factsOf(subject);
    const ageDays = ageInDays(facts?.createdAtMs ?? null, subject.nowMs);
    const young = ageDays !== null && ageDays < YOUNG_DAYS;
    if (
      ageDays !== null &&
      ageDays < RECENT_DAYS &&
      (ageDays < TOO_YOUNG_DAYS || (facts?.releaseCount ?? 0) < FEW_RELEASES)
    )
      return null;
    return { weeklyDownloads, young };
  },
};
