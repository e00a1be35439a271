import type { Signal } from '../model/signal.js';
import type { Subject } from '../model/verdict.js';
import { weightOf } from '../score/weights.js';
import { coreModule } from './core-module.js';
import { crossEcosystem } from './cross-ecosystem.js';
import type { Detector } from './detector.js';
import { downloadInflation } from './download-inflation.js';
import { fewReleases } from './few-releases.js';
import { hallucinationPattern } from './hallucination-pattern.js';
import { longHistory } from './long-history.js';
import { lowDownloads } from './low-downloads.js';
import { namespaceSquatting } from './namespace-squatting.js';
import { noMaintainer } from './no-maintainer.js';
import { noRepository } from './no-repository.js';
import { notFound } from './not-found.js';
import { notInSnapshot } from './not-in-snapshot.js';
import { ownershipTransfer } from './ownership-transfer.js';
import { popularPackage } from './popular-package.js';
import { recentlyCreated } from './recently-created.js';
import { shortDescription } from './short-description.js';
import { typosquat } from './typosquat.js';
import { versionSpike } from './version-spike.js';

/** All detectors, in the order in which their signals are reported. */
export const detectors: readonly Detector[] = [
  notFound,
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
  popularPackage,
  longHistory,
];

/** Every signal that fires for the subject, with its weight. Pure. */
export function detectSignals(subject: Subject): Signal[] {
  return detectors.flatMap(({ code, detect }) => {
    const evidence = detect(subject);
    return evidence === null ? [] : [{ code, weight: weightOf(code, evidence), evidence }];
  });
}
