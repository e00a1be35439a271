import type { Evidence, SignalCode } from '../model/signal.js';

type Weight = number | ((evidence: Evidence) => number);

/** Log-odds of a package about which nothing is known, as a direct dependency: one in twenty-one. */
export const PRIOR = -3;

/** The weight of hard evidence: it outweighs everything that can speak for a package. */
export const PROOF = 14;

/**
 * What each signal adds to the log-odds. Positive raises the risk. A warning begins at -0.85 (0.30), a block at +0.41
 * (0.60). Set so that the scenarios of bench/accuracy come out as docs/accuracy.md demands, with room on both sides; the
 * reasons are beside them.
 */
const WEIGHTS: { readonly [C in SignalCode]: Weight } = {
  /** Not evidence but a fact: the name belongs to nobody. */
  NOT_FOUND: PROOF,
  /** Says the same as NOT_FOUND, and why nobody noticed. */
  PHANTOM_OPTIONAL: 0.5,
  KNOWN_MALICIOUS: PROOF,
  /** A first doubt about an established name, a block together with any sign of youth. */
  KNOWN_HALLUCINATION: 2.2,
  /** The placeholder itself is empty: `fs` stands in many trees. */
  SECURITY_HOLD: ({ harmless }) => (harmless === true ? 0.8 : PROOF),
  /** A name without versions is free for the taking; a single version may be missing on a mirror only. */
  UNPUBLISHED: ({ version }) => (version === null ? PROOF : 0.4),
  /** Bytes of another package or version are proof; other hosts and http have honest explanations. */
  RESOLVED_MISMATCH: ({ kind }) => MISMATCH[String(kind)] ?? 0,
  INTEGRITY_MISMATCH: PROOF,
  INTEGRITY_MISSING: 0.4,
  INTEGRITY_WEAK: 0.2,
  /** A warning by itself: pnpm 11 refuses it by default (blockExoticSubdeps). */
  EXOTIC_SOURCE: 2.5,
  ALIAS: ({ hidesEstablished }) => (hidesEstablished === true ? 1.5 : 0.1),
  /** Of what is newer than the data most is genuine, but nearly everything invented is among it. */
  NOT_IN_SNAPSHOT: ({ registered, weeklyDownloads }) =>
    round((NEWNESS[String(registered)] ?? 0) + (registered === 'after' ? 0.7 * disuse(weeklyDownloads) : 0)),
  TYPOSQUAT: strength,
  HALLUCINATION_PATTERN: strength,
  NAMESPACE_SQUATTING: strength,
  CROSS_ECOSYSTEM: strength,
  CORE_MODULE: strength,
  /** Most squats that are caught at all are caught in their first week. */
  RECENTLY_CREATED: ({ ageDays }) => (Number(ageDays) < 7 ? 2.4 : 1.8),
  FEW_RELEASES: 0.5,
  VERSION_SPIKE: 0.5,
  LOW_DOWNLOADS: 0.4,
  DOWNLOAD_INFLATION: 1.2,
  NO_REPOSITORY: 0.8,
  NO_MAINTAINER: 0.6,
  SHORT_DESCRIPTION: 0.4,
  OWNERSHIP_TRANSFER: 1.5,
  /** Of an established package it is known, and no news. */
  INSTALL_SCRIPT: ({ established }) => (established === true ? 0 : 1),
  /** Shown for what it says, hardly counted. */
  DEPRECATED: 0.1,
  /** Monorepos look the same. */
  REPOSITORY_BORROWED: 0,
  OWN_REPOSITORY: ({ weeklyDownloads }) => round(-0.9 + 0.5 * disuse(weeklyDownloads)),
  POPULAR_PACKAGE: use,
  LONG_HISTORY: -1.5,
  /** A scope can be had for nothing, an established package in it can't. */
  SCOPE_ESTABLISHED: ({ monthlyDownloads, registry }) => {
    const downloads = Number(monthlyDownloads);
    if (registry !== undefined || downloads >= 65_536) return -2.5;
    return downloads >= 4_096 ? -1.6 : -0.8;
  },
  PARENT_ESTABLISHED: -1.2,
};

const MISMATCH: { readonly [kind: string]: number } = {
  package: PROOF,
  version: PROOF,
  host: 2.6,
  http: 0.8,
};

const NEWNESS: { readonly [registered: string]: number } = { after: 1.9, unknown: 1.6, before: 0.6 };

/** Likeness of names is measured in log-odds where it is found; see names/strength.ts. */
function strength({ strength: value }: Evidence): number {
  return typeof value === 'number' ? value : 0;
}

/**
 * Use, from -0.2 at a thousand downloads a week, 1.3 more for each power of ten, to -3 at most: 5,000 are -1.1, 60,000
 * are -2.5. A young name earns -1.1 at most.
 */
function use({ weeklyDownloads, young }: Evidence): number {
  const weight = -0.2 - 1.3 * Math.log10(Math.max(1, Number(weeklyDownloads) / 1_000));
  return round(Math.max(weight, young === true ? -1.1 : -3));
}

/** From 0 at 1,000 downloads a week and more, or an unknown number, to 1 at 300 and fewer, which scanners account for. */
function disuse(weeklyDownloads: Evidence[string] | undefined): number {
  if (typeof weeklyDownloads !== 'number') return 0;
  return Math.min(1, Math.max(0, Math.log(1_000 / Math.max(1, weeklyDownloads)) / Math.log(1_000 / 300)));
}

/** Weights are shown, so they have two digits. */
function round(weight: number): number {
  return Math.round(weight * 100) / 100;
}

/** The weight of a signal in log-odds. */
export function weightOf(code: SignalCode, evidence: Evidence): number {
  const weight = WEIGHTS[code];
  return typeof weight === 'number' ? weight : weight(evidence);
}
