import type { EpochMs, PackageFacts } from '../model/facts.js';
import { asRecord, type JsonRecord, own, ownRecord } from './json-record.js';
import { readManifestFacts } from './manifest-facts.js';
import { readPublishedVersions } from './published-versions.js';
import { lastOwnershipChange } from './release-owners.js';
import { mostWithinDay, type Release, readReleaseTimes } from './release-times.js';

/**
 * Reads the facts out of a registry's document about `name`; `null` when it is none. What a registry or mirror leaves
 * out, or contradicts, is `null` in the facts. Members of a wrong type count as left out.
 *
 * @param wanted versions about which the facts say more
 */
export function parsePackument(
  body: unknown,
  name: string,
  nowMs: EpochMs,
  wanted: readonly string[] = [],
): PackageFacts | null {
  const document = asRecord(body);
  if (document === null || (own(document, 'name') ?? name) !== name) return null;
  const versions = ownRecord(document, 'versions');
  const time = ownRecord(document, 'time');
  const latestVersion = latestVersionOf(document);
  if (versions === null && time === null && latestVersion === null) return null;
  const releaseCount = countReleases(versions, time);
  const times = readReleaseTimes(time, nowMs, versions);
  const latest = latestVersion === null ? null : ownRecord(versions, latestVersion);
  return {
    createdAtMs: times.createdAtMs,
    existedAtMs: times.earliestAtMs,
    ...(times.createdAtMs === null ? NO_HISTORY : readHistory(times.releases, versions)),
    releaseCount,
    ...readManifestFacts(document, latest),
    latestVersion,
    unpublished: releaseCount === 0,
    withheld: false,
    versions: versions === null ? {} : readPublishedVersions(versions, wanted),
  };
}

/** What is known of a package that the registry refuses to serve. */
export const WITHHELD: PackageFacts = {
  createdAtMs: null,
  existedAtMs: null,
  latestReleaseAtMs: null,
  releaseCount: null,
  mostReleasesIn24h: null,
  maintainerCount: null,
  ownershipChangedAtMs: null,
  hasRepository: null,
  repositoryUrl: null,
  descriptionLength: null,
  latestVersion: null,
  hasInstallScript: null,
  deprecated: null,
  unpublished: false,
  withheld: true,
  versions: {},
};

type History = Pick<PackageFacts, 'latestReleaseAtMs' | 'mostReleasesIn24h' | 'ownershipChangedAtMs'>;

/** A mirror's times are those at which it first fetched a version: they say nothing about the publisher. */
const NO_HISTORY: History = { latestReleaseAtMs: null, mostReleasesIn24h: null, ownershipChangedAtMs: null };

function readHistory(releases: readonly Release[], versions: JsonRecord | null): History {
  return {
    latestReleaseAtMs: releases.at(-1)?.atMs ?? null,
    mostReleasesIn24h: mostWithinDay(releases),
    ownershipChangedAtMs: lastOwnershipChange(releases, versions),
  };
}

function latestVersionOf(document: JsonRecord): string | null {
  const latest = own(ownRecord(document, 'dist-tags'), 'latest');
  return typeof latest === 'string' && latest !== '' && latest.length <= MAX_VERSION_LENGTH ? latest : null;
}

/** semver's limit. */
const MAX_VERSION_LENGTH = 256;

/** A document without `versions` says nothing, unless it says that they were taken back. */
function countReleases(versions: JsonRecord | null, time: JsonRecord | null): number | null {
  if (versions !== null) return Object.keys(versions).length;
  return asRecord(own(time, 'unpublished')) !== null || typeof own(time, 'unpublished') === 'string'
    ? 0
    : null;
}
