import type { EpochMs } from '../model/facts.js';
import { decodeAggregate, fromRow, MAX_AGGREGATE_BYTES } from './aggregate.js';
import { errorCode } from './error-code.js';
import type { FactCodec } from './fact-codec.js';
import { downloadFactsCodec, packageFactsCodec } from './fact-codecs.js';
import { decodeRecord, MAX_RECORD_BYTES } from './fact-record.js';
import { type FactKind, type FactSpace, type ParsedKey, parseKey } from './fact-space.js';
import { DEFAULT_TTL, isFromFuture } from './freshness.js';
import type { OpenCache } from './load-cacache.js';
import { readContent } from './read-content.js';
import { fromStoredFact, readFetchStamp, type StoredFact } from './stored-fact.js';
import type { IndexEntry } from './walk-index.js';

/** What can be wrong with something in the cache. */
export type CorruptionKind =
  /** A line of an index file fails its checksum. */
  | 'index-line'
  /** An index file that cannot be read as one: a link, a folder in its place, too large. */
  | 'index-file'
  /** The entry is filed under another key's place. */
  | 'misplaced'
  /** A key that this version does not write. */
  | 'foreign'
  | 'content-missing'
  /** The content fails its integrity or size check. */
  | 'content-corrupt'
  /** Content or fetch time are sound bytes, but not in our format. */
  | 'undecodable'
  /** Fetched at a time that has not come yet. */
  | 'from-future';

export type EntryState = CorruptionKind | 'sound' | 'expired';

/** Decoders by kind, for facts of which only the soundness matters. */
const CODECS: { readonly [K in FactKind]: Pick<FactCodec<unknown>, 'decode'> } = {
  packages: packageFactsCodec,
  downloads: downloadFactsCodec,
};

/** Reads the content of an entry and says what is wrong with it. `expired` = sound, but too old to be of use. */
export async function checkEntry(cache: OpenCache, entry: IndexEntry, nowMs: EpochMs): Promise<EntryState> {
  const key = parseKey(entry.key);
  if (key === null) return 'foreign';
  const maxBytes = key.type === 'aggregate' ? MAX_AGGREGATE_BYTES : MAX_RECORD_BYTES;
  try {
    const content = await readContent(cache, entry, maxBytes);
    if (content === null) return 'content-missing';
    return key.type === 'aggregate'
      ? checkAggregate(content, key.space)
      : checkRecord(content, key, entry.metadata, nowMs);
  } catch (error) {
    return ['EINTEGRITY', 'EBADSIZE', 'EISDIR'].includes(errorCode(error))
      ? 'content-corrupt'
      : 'undecodable';
  }
}

function checkRecord(
  content: string,
  { space, name }: Extract<ParsedKey, { type: 'record' }>,
  metadata: unknown,
  nowMs: EpochMs,
): EntryState {
  const stamp = readFetchStamp(metadata);
  const fact = stamp === null ? null : decodeRecord(content, space, name, stamp);
  if (fact === null || !isDecodable(fact, space)) return 'undecodable';
  if (isFromFuture(fact.fetchedAtMs, nowMs)) return 'from-future';
  return nowMs - fact.fetchedAtMs > DEFAULT_TTL.staleMs ? 'expired' : 'sound';
}

function checkAggregate(content: string, space: FactSpace): EntryState {
  const rows = decodeAggregate(content, space);
  const isSound = rows !== null && [...rows.values()].every((row) => isDecodable(fromRow(row), space));
  return isSound ? 'sound' : 'undecodable';
}

function isDecodable(fact: StoredFact | null, { kind }: FactSpace): boolean {
  const codec = { ...CODECS[kind], encode: () => [] };
  return fact !== null && fromStoredFact(fact, codec) !== null;
}
