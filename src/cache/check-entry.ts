import type { EpochMs } from '../model/facts.js';
import { errorCode } from './error-code.js';
import type { FactCodec } from './fact-codec.js';
import { downloadFactsCodec, packageFactsCodec } from './fact-codecs.js';
import type { FactKind, FactSpace, ParsedKey } from './fact-space.js';
import { decodeTable, type FactTable, fromRow, MAX_TABLE_BYTES, type TableRow } from './fact-table.js';
import { DEFAULT_TTL, isFromFuture } from './freshness.js';
import type { IndexEntry } from './index-line.js';
import type { OpenCache } from './load-cacache.js';
import { readContent } from './read-content.js';
import { readFetchStamp } from './stored-fact.js';

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
  /** The entry, or a kept file, is not sealed with this user's key: somebody else wrote it. */
  | 'forged'
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

/** What a content turned out to be: a table, or why it is none. */
export type CheckedContent = FactTable | CorruptionKind;

/** Reads a content and says what is wrong with it. */
export async function checkContent(
  cache: OpenCache,
  integrity: string,
  space: FactSpace,
): Promise<CheckedContent> {
  try {
    const text = await readContent(cache, { integrity }, MAX_TABLE_BYTES);
    if (text === null) return 'content-missing';
    return decodeTable(text, space) ?? 'undecodable';
  } catch (error) {
    return corruptionOf(error);
  }
}

/** What an error while reading a content says about it. */
export function corruptionOf(error: unknown): CorruptionKind {
  return ['EINTEGRITY', 'EBADSIZE', 'EISDIR'].includes(errorCode(error)) ? 'content-corrupt' : 'undecodable';
}

/** Says what is wrong with an entry whose content is `table`. `expired` = sound, but too old to be of use. */
export function checkEntry(
  { metadata }: IndexEntry,
  key: ParsedKey,
  table: FactTable,
  nowMs: EpochMs,
): EntryState {
  if (key.type === 'aggregate') {
    return [...table.values()].every((row) => isDecodable(row, key.space)) ? 'sound' : 'undecodable';
  }
  const stamp = readFetchStamp(metadata);
  const row = table.get(key.name);
  const isSound = row !== undefined && row.fetchedAtMs === stamp?.fetchedAtMs && isDecodable(row, key.space);
  if (!isSound) return 'undecodable';
  if (isFromFuture(row.fetchedAtMs, nowMs)) return 'from-future';
  return nowMs - row.fetchedAtMs > DEFAULT_TTL.staleMs ? 'expired' : 'sound';
}

function isDecodable(row: TableRow, { kind }: FactSpace): boolean {
  const fact = fromRow(row);
  return fact !== null && (fact.facts === null || CODECS[kind].decode(fact.facts) !== null);
}
