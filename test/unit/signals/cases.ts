import type { RegistryRef } from '../../../src/model/facts.js';
import type { FeedMatch } from '../../../src/model/feed.js';
import type { NameSignalCode } from '../../../src/model/name-judgement.js';
import type { SignalCode } from '../../../src/model/signal.js';
import type { Subject } from '../../../src/model/verdict.js';
import { ABSENT, daysAgo, REGISTRY, STRONG_INTEGRITY, subject, UNAVAILABLE } from '../../support/subjects.js';

const BASE = 'https://registry.example.test/';
const WIDGET = { name: 'widget', popularity: 20 };
const LISTED: FeedMatch = { kind: 'malicious', feed: 'feed.json', id: 'MAL-2026-1', versions: 'all' };

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

type SignalCase = {
  readonly fires: Subject;
  readonly innocent: Subject;
  /** Subjects that it fires for with evidence of another shape. */
  readonly others?: readonly Subject[];
};

/** Of a scope whose registry the user has chosen. */
const CHOSEN: RegistryRef = { ...REGISTRY, isScopeRegistry: true, isChosenByUser: true };

/** For every signal a subject that it fires for, and the nearest innocent one. */
export const signalCases: { readonly [C in SignalCode]: SignalCase } = {
  NOT_FOUND: { fires: subject({ answer: ABSENT }), innocent: subject({ answer: UNAVAILABLE }) },
  PHANTOM_OPTIONAL: {
    fires: subject({ answer: ABSENT, entry: { peer: true } }),
    innocent: subject({ entry: { peer: true } }),
  },
  KNOWN_MALICIOUS: {
    fires: subject({ context: { feeds: [LISTED] } }),
    innocent: subject({ context: { feeds: [{ ...LISTED, kind: 'hallucination' }] } }),
  },
  KNOWN_HALLUCINATION: {
    fires: subject({ context: { feeds: [{ ...LISTED, kind: 'hallucination' }] } }),
    innocent: subject({ context: { feeds: [LISTED] } }),
  },
  SECURITY_HOLD: {
    fires: subject({ facts: { latestVersion: '0.0.1-security' } }),
    innocent: subject({ facts: { latestVersion: '0.0.1-security-fix' } }),
  },
  UNPUBLISHED: {
    fires: subject({ facts: { versions: { '1.0.0': null } } }),
    innocent: subject({ facts: { versions: { '1.0.0': { integrity: null } } } }),
  },
  RESOLVED_MISMATCH: {
    fires: subject({ entry: { resolved: `${BASE}other-widget/-/other-widget-1.0.0.tgz` } }),
    innocent: subject({ entry: { resolved: `${BASE}invented-widget/-/invented-widget-1.0.0.tgz` } }),
  },
  INTEGRITY_MISMATCH: {
    fires: subject({ facts: { versions: { '1.0.0': { integrity: `sha512-${'B'.repeat(86)}==` } } } }),
    innocent: subject({
      facts: { versions: { '1.0.0': { integrity: 'sha1-Kq5sNclPz7QV2+lfQIuc6R7oRu0=' } } },
    }),
  },
  INTEGRITY_MISSING: {
    fires: subject({ entry: { integrity: null } }),
    innocent: subject({ entry: { integrity: null, presence: 'declared' } }),
  },
  INTEGRITY_WEAK: {
    fires: subject({ entry: { integrity: 'sha1-Kq5sNclPz7QV2+lfQIuc6R7oRu0=' } }),
    innocent: subject({ entry: { integrity: `sha1-Kq5sNclPz7QV2+lfQIuc6R7oRu0= ${STRONG_INTEGRITY}` } }),
  },
  EXOTIC_SOURCE: {
    fires: subject({ entry: { source: 'git', direct: false } }),
    innocent: subject({ entry: { source: 'git', direct: true, askedFrom: 'url' } }),
  },
  ALIAS: {
    fires: subject({ entry: { alias: 'widget' } }),
    innocent: subject({ entry: { alias: null } }),
  },
  NOT_IN_SNAPSHOT: {
    fires: subject({ names: { inSnapshot: false, snapshotAtMs: daysAgo(90) } }),
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
    innocent: subject({ facts: { createdAtMs: daysAgo(6) }, weeklyDownloads: 25_000 }),
  },
  INSTALL_SCRIPT: {
    fires: subject({ entry: { hasInstallScript: true } }),
    innocent: subject({ entry: { hasInstallScript: false } }),
  },
  DEPRECATED: {
    fires: subject({ facts: { deprecated: 'use widget instead' } }),
    innocent: subject({ facts: { deprecated: null } }),
  },
  REPOSITORY_BORROWED: {
    fires: subject({ context: { repository: { kind: 'other', owner: WIDGET } } }),
    innocent: subject(),
  },
  OWN_REPOSITORY: {
    fires: subject(),
    innocent: subject({ context: { repository: { kind: 'other', owner: WIDGET } } }),
  },
  SCOPE_ESTABLISHED: {
    fires: subject({ names: { scopeLeader: { ...WIDGET, packages: 3 } } }),
    innocent: subject({ registry: { ...CHOSEN, isChosenByUser: false } }),
    others: [subject({ registry: CHOSEN })],
  },
  PARENT_ESTABLISHED: {
    fires: subject({ entry: { direct: false }, context: { parent: WIDGET } }),
    innocent: subject({ entry: { direct: true }, context: { parent: WIDGET } }),
  },
  LONG_HISTORY: {
    fires: subject({ facts: { existedAtMs: daysAgo(366) } }),
    innocent: subject({ facts: { existedAtMs: daysAgo(365) } }),
  },
};
