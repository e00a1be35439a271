import { ageInDays, type Detector, factsOf, weeklyDownloadsOf } from './detector.js';
import { RECENT_DAYS } from './recently-created.js';

/** About the 20,000 most used names of npm; squats with stolen or scripted traffic stay below (crossenv: 2,600 a week). */
const POPULAR_PER_WEEK = 25_000;

/**
 * Lowers the risk: a name that many build on every day has been looked at.
 *
 * Downloads can be made, so a name that is younger than a month earns nothing by them.
 */
export const popularPackage: Detector = {
  code: 'POPULAR_PACKAGE',
  detect: (subject) => {
    const weeklyDownloads = weeklyDownloadsOf(subject);
    if (weeklyDownloads === null || weeklyDownloads < POPULAR_PER_WEEK) return null;
    const ageDays = ageInDays(factsOf(subject)?.createdAtMs ?? null, subject.nowMs);
    return ageDays !== null && ageDays < RECENT_DAYS ? null : { weeklyDownloads };
  },
};
