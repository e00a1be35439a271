import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { npmTopDownloads } from 'npm-high-impact';
import { readPypiNames } from './pypi-list.js';

/** Monthly downloads below which a name isn't counted as established. */
export const ESTABLISHED_DOWNLOADS = 500;
/** Names around a missing one in the list of top downloads whose median popularity it gets. */
const NEIGHBOURS = 25;

export interface Sources {
  /** Every name of the snapshot with its downloads in the month before it. */
  readonly downloads: ReadonlyMap<string, number>;
  /** Log₂ bucket of the monthly downloads of every established name, sorted by name. */
  readonly established: ReadonlyMap<string, number>;
  /** PyPI names, normalised, by classes of ranks. */
  readonly pypi: readonly string[];
}

export function readSources(refresh: boolean): Sources {
  const countsPath = createRequire(import.meta.url).resolve('download-counts');
  const counts: Record<string, number> = JSON.parse(readFileSync(countsPath, 'utf8'));
  const downloads = new Map(Object.entries(counts));
  const established = new Map<string, number>();
  for (const [name, count] of downloads)
    if (count >= ESTABLISHED_DOWNLOADS) established.set(name, bucketOf(count));
  npmTopDownloads.forEach((name, rank) => {
    established.set(name, Math.max(established.get(name) ?? 0, neighbourBucket(rank, downloads)));
  });
  const sorted = [...established].sort(([a], [b]) => (a < b ? -1 : 1));
  return { downloads, established: new Map(sorted), pypi: readPypiNames(refresh) };
}

export function bucketOf(downloads: number): number {
  return Math.floor(Math.log2(downloads));
}

/**
 * The list is newer and sorted by downloads, so a name that the counts lack or rank low is about as popular as
 * those around it.
 */
function neighbourBucket(rank: number, downloads: ReadonlyMap<string, number>): number {
  const around = npmTopDownloads
    .slice(Math.max(0, rank - NEIGHBOURS), rank + NEIGHBOURS + 1)
    .map((name) => downloads.get(name) ?? 0)
    .filter((count) => count >= ESTABLISHED_DOWNLOADS)
    .sort((a, b) => a - b);
  return bucketOf(around[around.length >> 1] ?? ESTABLISHED_DOWNLOADS);
}
