import { lstatSync } from 'node:fs';
import type { EpochMs } from '../model/facts.js';
import { type FactKind, parseKey } from './fact-space.js';
import { parseFeedKey } from './feed-key.js';
import { isCount } from './field-checks.js';
import type { IndexEntry } from './index-line.js';
import { listFiles } from './list-files.js';
import { requireStoreDir } from './require-store.js';
import { readFetchStamp } from './stored-fact.js';
import { walkIndex } from './walk-index.js';

export type StatsKind = FactKind | 'feeds';

export type SpaceStats = {
  readonly kind: StatsKind;
  /** Hash of the URL of the registry, service or feed. */
  readonly serviceId: string;
  /** Names with a record of their own; of a feed, its entries. */
  readonly entries: number;
  /** Names in the aggregated record; 0 when there is none. */
  readonly aggregated: number;
  readonly oldestFetchAtMs: EpochMs | null;
  readonly newestFetchAtMs: EpochMs | null;
};

export type CacheStats = {
  readonly dir: string;
  readonly spaces: readonly SpaceStats[];
  readonly files: number;
  /** Sum of the sizes of all files; the disk uses more, in blocks. */
  readonly bytes: number;
};

/** What is in the cache, without reading a fact. Throws `CACHE_UNUSABLE` when the directory may not be read. */
export function readCacheStats(dir: string): CacheStats {
  const storeDir = requireStoreDir(dir, ['open']);
  if (storeDir === null) return { dir, spaces: [], files: 0, bytes: 0 };
  const spaces = new Map<string, SpaceStats>();
  for (const { entries } of walkIndex(storeDir)) {
    for (const entry of entries) countEntry(spaces, entry);
  }
  const { files, bytes } = measureFiles(storeDir);
  const order = (a: SpaceStats, b: SpaceStats) => spaceId(a).localeCompare(spaceId(b));
  return { dir, spaces: [...spaces.values()].sort(order), files, bytes };
}

function countEntry(spaces: Map<string, SpaceStats>, { key, metadata }: IndexEntry): void {
  const feedId = parseFeedKey(key);
  if (feedId !== null) spaces.set(`feeds ${feedId}`, statsOfFeed(feedId, metadata));
  const parsed = parseKey(key);
  if (parsed === null) return;
  const id = spaceId(parsed.space);
  const known = spaces.get(id) ?? emptySpace(parsed.space);
  if (parsed.type === 'aggregate') {
    spaces.set(id, { ...known, aggregated: countOf(metadata, 'names') });
    return;
  }
  const fetchedAtMs = readFetchStamp(metadata)?.fetchedAtMs ?? null;
  spaces.set(id, {
    ...known,
    entries: known.entries + 1,
    oldestFetchAtMs: choose(Math.min, known.oldestFetchAtMs, fetchedAtMs),
    newestFetchAtMs: choose(Math.max, known.newestFetchAtMs, fetchedAtMs),
  });
}

function statsOfFeed(serviceId: string, metadata: unknown): SpaceStats {
  const fetchedAtMs = readFetchStamp(metadata)?.fetchedAtMs ?? null;
  return {
    kind: 'feeds',
    serviceId,
    entries: countOf(metadata, 'entries'),
    aggregated: 0,
    oldestFetchAtMs: fetchedAtMs,
    newestFetchAtMs: fetchedAtMs,
  };
}

function emptySpace({ kind, serviceId }: { kind: FactKind; serviceId: string }): SpaceStats {
  return { kind, serviceId, entries: 0, aggregated: 0, oldestFetchAtMs: null, newestFetchAtMs: null };
}

function spaceId({ kind, serviceId }: { kind: StatsKind; serviceId: string }): string {
  return `${kind} ${serviceId}`;
}

function choose(
  better: (a: number, b: number) => number,
  known: EpochMs | null,
  next: EpochMs | null,
): EpochMs | null {
  if (known === null || next === null) return known ?? next;
  return better(known, next);
}

function countOf(metadata: unknown, field: string): number {
  if (typeof metadata !== 'object' || metadata === null) return 0;
  const count = (metadata as Record<string, unknown>)[field];
  return isCount(count) ? count : 0;
}

function measureFiles(storeDir: string): { files: number; bytes: number } {
  let files = 0;
  let bytes = 0;
  for (const { path } of listFiles(storeDir, { matching: /^/, depth: Number.POSITIVE_INFINITY })) {
    files++;
    // A file that another process removed meanwhile has no size.
    bytes += lstatSync(path, { throwIfNoEntry: false })?.size ?? 0;
  }
  return { files, bytes };
}
