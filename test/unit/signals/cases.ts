import type { NameSignalCode } from '../../../src/model/name-judgement.js';
import type { SignalCode } from '../../../src/model/signal.js';
import type { Subject } from '../../../src/model/verdict.js';
import { ABSENT, daysAgo, subject, UNAVAILABLE } from '../../support/subjects.js';

/** Fires for the most convincing likeness; a name that resembles nothing is innocent. */
function imitationCase(signal: NameSignalCode) {
  const imitation = {
    technique: 'affix',
    signal,
    imitated: 'widget',
    ecosystem: 'npm',
    strength: 2,
  } as const;
  return { fires: subject({ names: { imitations: [imitation] } }), innocent: subject() };
}

/** For every signal a subject that it fires for, and the nearest innocent one. */
export const signalCases: {
  readonly [C in SignalCode]: { readonly fires: Subject; readonly innocent: Subject };
} = {
  NOT_FOUND: { fires: subject({ answer: ABSENT }), innocent: subject({ answer: UNAVAILABLE }) },
  NOT_IN_SNAPSHOT: {
    fires: subject({ names: { inSnapshot: false } }),
    innocent: subject({ names: { inSnapshot: null } }),
  },
  TYPOSQUAT: imitationCase('TYPOSQUAT'),
  HALLUCINATION_PATTERN: imitationCase('HALLUCINATION_PATTERN'),
  NAMESPACE_SQUATTING: imitationCase('NAMESPACE_SQUATTING'),
  CROSS_ECOSYSTEM: imitationCase('CROSS_ECOSYSTEM'),
  CORE_MODULE: imitationCase('CORE_MODULE'),
  RECENTLY_CREATED: {
    fires: subject({ facts: { createdAtMs: daysAgo(29.9) } }),
    innocent: subject({ facts: { createdAtMs: daysAgo(30) } }),
  },
  FEW_RELEASES: {
    fires: subject({ facts: { releaseCount: 2 } }),
    innocent: subject({ facts: { releaseCount: 3 } }),
  },
  VERSION_SPIKE: {
    fires: subject({ facts: { mostReleasesIn24h: 5 } }),
    innocent: subject({ facts: { mostReleasesIn24h: 4 } }),
  },
  LOW_DOWNLOADS: { fires: subject({ weeklyDownloads: 229 }), innocent: subject({ weeklyDownloads: 230 }) },
  DOWNLOAD_INFLATION: {
    fires: subject({ facts: { createdAtMs: daysAgo(3), releaseCount: 2 }, weeklyDownloads: 10_000 }),
    innocent: subject({ facts: { createdAtMs: daysAgo(3), releaseCount: 3 }, weeklyDownloads: 10_000 }),
  },
  NO_REPOSITORY: {
    fires: subject({ facts: { hasRepository: false } }),
    innocent: subject({ facts: { hasRepository: null } }),
  },
  NO_MAINTAINER: {
    fires: subject({ facts: { maintainerCount: 0 } }),
    innocent: subject({ facts: { maintainerCount: null } }),
  },
  SHORT_DESCRIPTION: {
    fires: subject({ facts: { descriptionLength: 9 } }),
    innocent: subject({ facts: { descriptionLength: 10 } }),
  },
  OWNERSHIP_TRANSFER: {
    fires: subject({ facts: { ownershipChangedAtMs: daysAgo(2) } }),
    innocent: subject({ facts: { ownershipChangedAtMs: daysAgo(31) } }),
  },
  POPULAR_PACKAGE: {
    fires: subject({ weeklyDownloads: 25_000 }),
    innocent: subject({ facts: { createdAtMs: daysAgo(10) }, weeklyDownloads: 25_000 }),
  },
  LONG_HISTORY: {
    fires: subject({ facts: { existedAtMs: daysAgo(366) } }),
    innocent: subject({ facts: { existedAtMs: daysAgo(365) } }),
  },
};
