import type { PackageFacts } from '../model/facts.js';
import type { Evidence, SignalCode } from '../model/signal.js';
import type { Subject } from '../model/verdict.js';

/** One kind of finding. `detect` is pure: the evidence when the signal fires, else `null`; an unknown fact never fires. */
export type Detector = {
  readonly code: SignalCode;
  /** Never fires where this is not known of the name: needn't be asked then. */
  readonly needs?: 'facts' | 'downloads';
  readonly detect: (subject: Subject) => Evidence | null;
};

/** The facts about the subject's name, or `null` where the registry has not answered with any. */
export function factsOf({ knowledge }: Subject): PackageFacts | null {
  return knowledge.answer?.kind === 'found' ? knowledge.answer.facts : null;
}

/** Downloads in the last week, or `null` where unknown. */
export function weeklyDownloadsOf({ knowledge }: Subject): number | null {
  return knowledge.downloads?.kind === 'found' ? knowledge.downloads.facts.weeklyDownloads : null;
}

const MS_PER_DAY = 86_400_000;

/** Whole days between `sinceMs` and now, never negative; `null` for an unknown time. */
export function ageInDays(sinceMs: number | null, nowMs: number): number | null {
  return sinceMs === null ? null : Math.max(0, Math.floor((nowMs - sinceMs) / MS_PER_DAY));
}
