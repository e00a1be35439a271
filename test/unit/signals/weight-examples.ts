import type { Evidence, SignalCode } from '../../../src/model/signal.js';
import { MAX_STRENGTH } from '../../../src/names/strength.js';

/** The evidence for which the page of a signal states a weight; only what the weight depends on. */
export const weightExamples: { readonly [C in SignalCode]: readonly Evidence[] } = {
  NOT_FOUND: [{}],
  PHANTOM_OPTIONAL: [{}],
  KNOWN_MALICIOUS: [{}],
  KNOWN_HALLUCINATION: [{}],
  SECURITY_HOLD: [{ harmless: true }, { harmless: false }],
  UNPUBLISHED: [{ version: null }, { version: '1.0.0' }],
  RESOLVED_MISMATCH: [{ kind: 'package' }, { kind: 'version' }, { kind: 'host' }, { kind: 'http' }],
  INTEGRITY_MISMATCH: [{}],
  INTEGRITY_MISSING: [{}],
  INTEGRITY_WEAK: [{}],
  EXOTIC_SOURCE: [{}],
  ALIAS: [{ hidesEstablished: true }, { hidesEstablished: false }],
  NOT_IN_SNAPSHOT: [
    { registered: 'after', weeklyDownloads: null },
    { registered: 'after', weeklyDownloads: 1_000 },
    { registered: 'after', weeklyDownloads: 300 },
    { registered: 'after', weeklyDownloads: 0 },
    { registered: 'unknown', weeklyDownloads: 0 },
    { registered: 'before', weeklyDownloads: 0 },
  ],
  TYPOSQUAT: [{ strength: MAX_STRENGTH }],
  HALLUCINATION_PATTERN: [{ strength: MAX_STRENGTH }],
  NAMESPACE_SQUATTING: [{ strength: MAX_STRENGTH }],
  CROSS_ECOSYSTEM: [{ strength: 1.8 }],
  CORE_MODULE: [{ strength: 2.3 }],
  RECENTLY_CREATED: [{ ageDays: 6 }, { ageDays: 7 }],
  FEW_RELEASES: [{}],
  VERSION_SPIKE: [{}],
  LOW_DOWNLOADS: [{}],
  DOWNLOAD_INFLATION: [{}],
  NO_REPOSITORY: [{}],
  NO_MAINTAINER: [{}],
  SHORT_DESCRIPTION: [{}],
  OWNERSHIP_TRANSFER: [{}],
  INSTALL_SCRIPT: [{ established: false }, { established: true }],
  DEPRECATED: [{}],
  REPOSITORY_BORROWED: [{}],
  OWN_REPOSITORY: [
    { weeklyDownloads: 1_000 },
    { weeklyDownloads: null },
    { weeklyDownloads: 300 },
    { weeklyDownloads: 0 },
  ],
  SCOPE_ESTABLISHED: [
    { monthlyDownloads: 65_536 },
    { registry: 'https://npm.corp.example/' },
    { monthlyDownloads: 4_096 },
    { monthlyDownloads: 4_095 },
  ],
  PARENT_ESTABLISHED: [{}],
  POPULAR_PACKAGE: [
    { weeklyDownloads: 1_000 },
    { weeklyDownloads: 10_000 },
    { weeklyDownloads: 100_000 },
    { weeklyDownloads: 143_000 },
    { weeklyDownloads: 143_000, young: true },
  ],
  LONG_HISTORY: [{}],
};

/** The scores that pages state in brackets: sums of weights. */
export const statedScores: {
  readonly [C in SignalCode]?: readonly (readonly (readonly [SignalCode, Evidence])[])[];
} = {
  KNOWN_HALLUCINATION: [
    [['KNOWN_HALLUCINATION', {}]],
    [
      ['KNOWN_HALLUCINATION', {}],
      ['RECENTLY_CREATED', { ageDays: 7 }],
    ],
  ],
  RESOLVED_MISMATCH: [[['RESOLVED_MISMATCH', { kind: 'host' }]]],
  EXOTIC_SOURCE: [
    [['EXOTIC_SOURCE', {}]],
    [
      ['EXOTIC_SOURCE', {}],
      ['INSTALL_SCRIPT', {}],
    ],
  ],
  INSTALL_SCRIPT: [[['INSTALL_SCRIPT', {}]]],
};
