import { createHash } from 'node:crypto';
import { parseJson } from './parse-json.js';

/** An index entry as cacache writes it; a deletion has no integrity. */
export type IndexEntry = {
  readonly key: string;
  readonly integrity: string;
  /** Bytes of the content, where the writer said it. */
  readonly size: number | null;
  readonly metadata: unknown;
};

/** What a line of an index file says; an `integrity` of `null` takes back what the lines before say of the key. */
export type IndexLine = Omit<IndexEntry, 'integrity'> & { readonly integrity: string | null };

/** Largest index file that is read, in bytes; one of ours has a few entries of some 400 bytes. */
export const MAX_BUCKET_BYTES = 1024 * 1024;

/** The SHA-256 under which cacache files a key. */
export function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** The SHA-1 of a JSON text, a tab, and the JSON text. `null` where the checksum fails or the text is no entry. */
export function parseIndexLine(line: string): IndexLine | null {
  const [checksum, json] = line.split('\t');
  if (json === undefined || createHash('sha1').update(json).digest('hex') !== checksum) return null;
  const entry = parseJson(json);
  if (typeof entry !== 'object' || entry === null) return null;
  const { key, integrity, size, metadata } = entry as Record<string, unknown>;
  if (typeof key !== 'string') return null;
  return {
    key,
    integrity: typeof integrity === 'string' ? integrity : null,
    size: typeof size === 'number' ? size : null,
    metadata,
  };
}
