import type { EpochMs } from '../model/facts.js';
import type { JsonRecord } from './json-record.js';

export type Release = { readonly version: string; readonly atMs: EpochMs };

/** The times of a package document that can be true, oldest release first. */
export type ReleaseTimes = {
  /**
   * The first release that is still published, where the document states `time.created` and the releases do not
   * contradict it: then the times are those of the publisher's registry.
   */
  readonly createdAtMs: EpochMs | null;
  /** Of the first release that is still published; else what else the document says. */
  readonly earliestAtMs: EpochMs | null;
  readonly releases: readonly Release[];
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Members of `time` that are no versions. */
const NOT_A_VERSION = new Set(['created', 'modified', 'unpublished']);
/** npm and the first packages are of 2009, as Node.js is; earlier times are zero values and build artefacts. */
const FIRST_PACKAGES_MS = Date.UTC(2009, 0, 1);
/** Clocks differ. */
const FUTURE_SLACK_MS = DAY_MS;
const CREATED_SLACK_MS = HOUR_MS;

/**
 * Reads the `time` member of a package document; `null` for a document without one. Versions that were taken back keep
 * their times and count for nothing: a name may have had an earlier life under another owner.
 *
 * @param versions the document's `versions`; `null` = it has none, and all times count
 */
export function readReleaseTimes(
  time: JsonRecord | null,
  nowMs: EpochMs,
  versions: JsonRecord | null = null,
): ReleaseTimes {
  const statedMs = parseTime(time?.['created'], nowMs);
  const releases = readReleases(time ?? {}, nowMs, versions);
  const firstMs = releases[0]?.atMs ?? null;
  return {
    createdAtMs: creationOf(statedMs, firstMs),
    earliestAtMs: firstMs ?? statedMs ?? parseTime(time?.['modified'], nowMs),
    releases,
  };
}

function readReleases(time: JsonRecord, nowMs: EpochMs, versions: JsonRecord | null): readonly Release[] {
  const releases = Object.keys(time).flatMap((version): Release[] => {
    const isPublished = versions === null || Object.hasOwn(versions, version);
    const atMs = NOT_A_VERSION.has(version) || !isPublished ? null : parseTime(time[version], nowMs);
    return atMs === null ? [] : [{ version, atMs }];
  });
  return releases.sort((a, b) => a.atMs - b.atMs);
}

/** `null` where the document does not state it, or a release contradicts the statement. */
function creationOf(statedMs: EpochMs | null, firstMs: EpochMs | null): EpochMs | null {
  if (statedMs === null || firstMs === null) return statedMs;
  return statedMs > firstMs + CREATED_SLACK_MS ? null : Math.max(statedMs, firstMs);
}

/** The most releases within any 24 hours; `releases` is sorted. */
export function mostWithinDay(releases: readonly Release[]): number {
  let most = 0;
  let start = 0;
  let end = 0;
  for (const { atMs } of releases) {
    while (atMs - (releases[start]?.atMs ?? atMs) >= DAY_MS) start++;
    end++;
    most = Math.max(most, end - start);
  }
  return most;
}

function parseTime(value: unknown, nowMs: EpochMs): EpochMs | null {
  if (typeof value !== 'string') return null;
  const atMs = Date.parse(value);
  return atMs >= FIRST_PACKAGES_MS && atMs <= nowMs + FUTURE_SLACK_MS ? atMs : null;
}
