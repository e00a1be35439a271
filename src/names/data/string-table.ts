import { mix, reduce } from '../hash.js';
import type { SymbolReader } from './symbols.js';

/** Bytes in front of the key of an entry: its length and the tag. */
export const ENTRY_HEAD = 2;
/** Set in the tag of a key that begins with the two bytes of its owner's number. */
export const OWNED = 0x20;
const SLASH = 0x2f;
/** Owner of a key that has none. */
export const NO_OWNER = -1;

export interface FoundEntry {
  /** The byte stored with the text. */
  readonly tag: number;
  /** Bucket and position in it. */
  readonly bucket: number;
  readonly position: number;
  /** Bytes `[restFrom, restTo)` of the entry follow the text. */
  readonly restFrom: number;
  readonly restTo: number;
}

/**
 * A set of texts in buckets by hash, and exact: a text is found only if it is stored, character by character.
 * An entry is `[length of the key][tag][key]`; the key is coded text, after the owner's number (little-endian)
 * when the tag says so. `offsets` holds 3 bytes per bucket and one more, little-endian.
 */
export class StringTable {
  readonly bytes: Uint8Array;
  readonly #offsets: Uint8Array;
  readonly #symbols: SymbolReader;
  readonly #buckets: number;

  constructor(offsets: Uint8Array, bytes: Uint8Array, symbols: SymbolReader) {
    this.bytes = bytes;
    this.#offsets = offsets;
    this.#symbols = symbols;
    this.#buckets = offsets.length / 3 - 1;
  }

  /**
   * The tag of `text[from, to)` under `owner`, or -1; `hash` is the polynomial hash that the table was built
   * with.
   */
  tagOf(text: string, from: number, to: number, hash: number, owner: number): number {
    const bucket = reduce(mix(hash), this.#buckets);
    const stop = this.#offset(bucket + 1);
    const bytes = this.bytes;
    for (let at = this.#offset(bucket), next = at; at < stop; at = next) {
      next = at + ENTRY_HEAD + (bytes[at] as number);
      const tag = bytes[at + 1] as number;
      const key = keyUnder(owner, bytes, at + ENTRY_HEAD, tag);
      if (key >= 0 && this.#symbols.match(bytes, key, next, text, from, to) === next) return tag;
    }
    return -1;
  }

  /** The entry without owner whose key is `text[from, to)` followed by a `/` and anything, or `null`. */
  findParent(text: string, from: number, to: number, hash: number): FoundEntry | null {
    const bucket = reduce(mix(hash), this.#buckets);
    const stop = this.#offset(bucket + 1);
    for (let at = this.#offset(bucket), position = 0; at < stop; position++) {
      const restTo = at + ENTRY_HEAD + (this.bytes[at] as number);
      const restFrom = this.#symbols.match(this.bytes, at + ENTRY_HEAD, restTo, text, from, to);
      if (restFrom >= 0 && this.#symbols.startsWith(this.bytes, restFrom, restTo, SLASH)) {
        return { tag: this.bytes[at + 1] as number, bucket, position, restFrom, restTo };
      }
      at = restTo;
    }
    return null;
  }

  /** The text that follows in an entry that `findParent` found, with its `/`. */
  restOf(entry: FoundEntry): string {
    return this.#symbols.decode(this.bytes, entry.restFrom, entry.restTo);
  }

  #offset(bucket: number): number {
    const at = bucket * 3;
    const offsets = this.#offsets;
    return (offsets[at] as number) | ((offsets[at + 1] as number) << 8) | ((offsets[at + 2] as number) << 16);
  }
}

/** Where the codes of the key begin if it belongs to `owner`, else -1. */
function keyUnder(owner: number, bytes: Uint8Array, key: number, tag: number): number {
  if (owner === NO_OWNER) return (tag & OWNED) === 0 ? key : -1;
  if ((tag & OWNED) === 0 || bytes[key] !== (owner & 0xff) || bytes[key + 1] !== owner >>> 8) return -1;
  return key + 2;
}
