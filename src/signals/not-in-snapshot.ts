import type { Subject } from '../model/verdict.js';
import { type Detector, factsOf, weeklyDownloadsOf } from './detector.js';

/**
 * The attack: a name is registered after models began to invent it. Whatever its metadata claims, nobody used it at
 * the date of the bundled names.
 *
 * `registered` says what the registry's own creation date adds: `after` that date, `before` it (the data has a hole
 * there), or `unknown`. A new name that hardly anybody installs counts more than one that is in use.
 *
 * Known false positives: genuine packages newer than the data, and private ones. The filter wrongly knows one name in
 * 512, so an absence is certain and a presence is not.
 */
export const notInSnapshot: Detector = {
  code: 'NOT_IN_SNAPSHOT',
  detect: (subject) =>
    subject.names.inSnapshot === false
      ? {
          inSnapshot: false,
          registered: registered(subject),
          snapshotDate: dayOf(subject.names.snapshotAtMs),
          weeklyDownloads: weeklyDownloadsOf(subject),
        }
      : null,
};

function registered(subject: Subject): 'after' | 'before' | 'unknown' {
  const facts = factsOf(subject);
  const { snapshotAtMs } = subject.names;
  if (facts === null || snapshotAtMs === null) return 'unknown';
  if (facts.createdAtMs !== null) return facts.createdAtMs > snapshotAtMs ? 'after' : 'before';
  return facts.existedAtMs !== null && facts.existedAtMs <= snapshotAtMs ? 'before' : 'unknown';
}

/** `YYYY-MM-DD` in UTC. */
function dayOf(atMs: number | null): string | null {
  return atMs === null ? null : new Date(atMs).toISOString().slice(0, 10);
}
