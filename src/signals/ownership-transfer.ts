import { ageInDays, type Detector, factsOf } from './detector.js';

/** A take-over shows its intention within weeks; after that the new owner is the owner. */
const RECENT_TRANSFER_DAYS = 30;

/**
 * The attack: an established package is handed over, or its account is stolen, and the next release is the payload.
 *
 * Known false positives: a genuine change of maintainer, first release of a new team member.
 */
export const ownershipTransfer: Detector = {
  code: 'OWNERSHIP_TRANSFER',
  needs: 'facts',
  detect: (subject) => {
    const daysSinceTransfer = ageInDays(factsOf(subject)?.ownershipChangedAtMs ?? null, subject.nowMs);
    return daysSinceTransfer !== null && daysSinceTransfer < RECENT_TRANSFER_DAYS
      ? { daysSinceTransfer }
      : null;
  },
};
