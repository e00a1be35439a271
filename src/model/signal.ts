/** The evidence of a signal: plain facts with units in their names, ready for JSON. */
export type Evidence = { readonly [fact: string]: string | number | boolean | null };

/** Every signal that the guard knows; a page under docs/signals and two tests belong to each. */
export const SIGNAL_CODES = [
  'NOT_FOUND',
  'PHANTOM_OPTIONAL',
  'KNOWN_MALICIOUS',
  'KNOWN_HALLUCINATION',
  'SECURITY_HOLD',
  'UNPUBLISHED',
  'RESOLVED_MISMATCH',
  'INTEGRITY_MISMATCH',
  'INTEGRITY_MISSING',
  'INTEGRITY_WEAK',
  'EXOTIC_SOURCE',
  'ALIAS',
  'NOT_IN_SNAPSHOT',
  'TYPOSQUAT',
  'HALLUCINATION_PATTERN',
  'NAMESPACE_SQUATTING',
  'CROSS_ECOSYSTEM',
  'CORE_MODULE',
  'RECENTLY_CREATED',
  'FEW_RELEASES',
  'VERSION_SPIKE',
  'LOW_DOWNLOADS',
  'DOWNLOAD_INFLATION',
  'NO_REPOSITORY',
  'NO_MAINTAINER',
  'SHORT_DESCRIPTION',
  'OWNERSHIP_TRANSFER',
  'INSTALL_SCRIPT',
  'DEPRECATED',
  'REPOSITORY_BORROWED',
  'OWN_REPOSITORY',
  'SCOPE_ESTABLISHED',
  'PARENT_ESTABLISHED',
  'POPULAR_PACKAGE',
  'LONG_HISTORY',
] as const;

/** The name of a signal; docs/signals has a page for each. */
export type SignalCode = (typeof SIGNAL_CODES)[number];

/**
 * A finding about one package. `weight` is in log-odds: positive raises the risk, negative lowers it, and
 * weights add up (see score/score.ts).
 */
export type Signal = {
  readonly code: SignalCode;
  readonly weight: number;
  readonly evidence: Evidence;
};
