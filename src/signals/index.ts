import type { Signal } from '../model/signal.js';
import type { Subject } from '../model/verdict.js';
import { weightOf } from '../score/weights.js';
import { alias } from './alias.js';
import { coreModule } from './core-module.js';
import { crossEcosystem } from './cross-ecosystem.js';
import { deprecated } from './deprecated.js';
import { type Detector, factsOf, weeklyDownloadsOf } from './detector.js';
import { downloadInflation } from './download-inflation.js';
import { exoticSource } from './exotic-source.js';
import { fewReleases } from './few-releases.js';
import { hallucinationPattern } from './hallucination-pattern.js';
import { installScript } from './install-script.js';
import { integrityMismatch } from './integrity-mismatch.js';
import { integrityMissing } from './integrity-missing.js';
import { integrityWeak } from './integrity-weak.js';
import { knownHallucination } from './known-hallucination.js';
import { knownMalicious } from './known-malicious.js';
import { longHistory } from './long-history.js';
import { lowDownloads } from './low-downloads.js';
import { namespaceSquatting } from './namespace-squatting.js';
import { noMaintainer } from './no-maintainer.js';
import { noRepository } from './no-repository.js';
import { notFound } from './not-found.js';
import { notInSnapshot } from './not-in-snapshot.js';
import { ownRepository } from './own-repository.js';
import { ownershipTransfer } from './ownership-transfer.js';
import { parentEstablished } from './parent-established.js';
import { phantomOptional } from './phantom-optional.js';
import { popularPackage } from './popular-package.js';
import { recentlyCreated } from './recently-created.js';
import { repositoryBorrowed } from './repository-borrowed.js';
import { resolvedMismatch } from './resolved-mismatch.js';
import { scopeEstablished } from './scope-established.js';
import { securityHold } from './security-hold.js';
import { shortDescription } from './short-description.js';
import { typosquat } from './typosquat.js';
import { unpublished } from './unpublished.js';
import { versionSpike } from './version-spike.js';

/** All detectors, in the order in which their signals are reported. */
export const detectors: readonly Detector[] = [
  notFound,
  phantomOptional,
  knownMalicious,
  knownHallucination,
  securityHold,
  unpublished,
  resolvedMismatch,
  integrityMismatch,
  integrityMissing,
  integrityWeak,
  exoticSource,
  alias,
  notInSnapshot,
  typosquat,
  hallucinationPattern,
  namespaceSquatting,
  crossEcosystem,
  coreModule,
  recentlyCreated,
  fewReleases,
  versionSpike,
  lowDownloads,
  downloadInflation,
  noRepository,
  noMaintainer,
  shortDescription,
  ownershipTransfer,
  installScript,
  deprecated,
  repositoryBorrowed,
  ownRepository,
  scopeEstablished,
  parentEstablished,
  popularPackage,
  longHistory,
];

/** Every signal that fires for the subject, with its weight. Pure. */
export function detectSignals(subject: Subject): Signal[] {
  const known = { facts: factsOf(subject) !== null, downloads: weeklyDownloadsOf(subject) !== null };
  const signals: Signal[] = [];
  for (const { code, needs, detect } of detectors) {
    if (needs !== undefined && !known[needs]) continue;
    const evidence = detect(subject);
    if (evidence !== null) signals.push({ code, weight: weightOf(code, evidence), evidence });
  }
  return signals;
}
