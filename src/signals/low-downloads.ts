import { type Detector, weeklyDownloadsOf } from './detector.js';

/** The predecessor's 1,000 a month, as a week. */
const FEW_PER_WEEK = 230;

/**
 * The attack: nobody but the victims of an invented name installs it.
 *
 * Known false positives: specialised and private-use packages; young genuine ones.
 */
export const lowDownloads: Detector = {
  code: 'LOW_DOWNLOADS',
  needs: 'downloads',
  detect: (subject) => {
    const weeklyDownloads = weeklyDownloadsOf(subject);
    return weeklyDownloads !== null && weeklyDownloads < FEW_PER_WEEK ? { weeklyDownloads } : null;
  },
};
