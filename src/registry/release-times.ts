import type { EpochMs } from '../model/facts.js';
import type { JsonRecord } from './json-record.js';

export type Release = { readonly version: string; readonly atMs: EpochMs };

/** The times of a package document that can be true, oldest release first. */
export type ReleaseTimes = {
  /** `time.created`, where the releases do not contradict it: then the times are those of the publisher's registry. */
  readonly createdAtMs: EpochMs | null;
  /** Earliest of all times. */
  readonly earliestAtMs: EpochMs | null;
  /** Also releases that were taken back: their times stay. */
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

/** Reads the `time` member of a package document; `null` for a document without one. */
export function readReleaseTimes(time: JsonRecord | null, nowMs: EpochMs): ReleaseTimes {
  const releases: Release[] = [];
  let statedMs: EpochMs | null = null;
  let modifiedMs: EpochMs | null = null;
  for (const key of Object.keys(time ?? {})) {
    const atMs = parseTime(time?.[key], nowMs);
    if (atMs === null) continue;
    if (!NOT_A_VERSION.has(key)) releases.push({ version: key, atMs });
    else if (key === 'created') statedMs = atMs;
    else if (key === 'modified') modifiedMs = atMs;
  }
  releases.sort((a, b) => a.atMs - b.atMs);
  const firstMs = releases[0]?.atMs ?? null;
  const known = [statedMs, modifiedMs, firstMs].filter((atMs) => atMs !== null);
  return {
    createdAtMs:
      statedMs !== null && (firstMs === null || statedMs <= firstMs + CREATED_SLACK_MS) ? statedMs : null,
    earliestAtMs: known.length === 0 ? null : Math.min(...known),
    releases,
  };
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
