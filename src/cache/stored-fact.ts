import type { Absent, EpochMs, Found } from '../model/facts.js';
import type { FactCodec } from './fact-codec.js';
import { isTimeMs } from './field-checks.js';

/** An answer in the form in which stores keep it. */
export type StoredFact = {
  readonly fetchedAtMs: EpochMs;
  readonly etag: string | null;
  /** What the codec wrote; `null` = the registry says that the name does not exist. */
  readonly facts: readonly unknown[] | null;
};

/** What of a stored fact is known without its content. */
export type FetchStamp = Pick<StoredFact, 'fetchedAtMs' | 'etag'>;

/** Longest encoded facts that are stored, in characters: some 60 times the usual. Longer ones are fetched each time. */
const MAX_FACTS_CHARS = 16_384;

/** An entity tag is sent back in a header, so nothing but visible ASCII and spaces may be in one. */
const ETAG = /^[\x20-\x7e]{1,512}$/;

export function toStoredFact<F>(answer: Found<F> | Absent, codec: FactCodec<F>): StoredFact {
  if (answer.kind === 'absent') return { fetchedAtMs: answer.fetchedAtMs, etag: null, facts: null };
  return { fetchedAtMs: answer.fetchedAtMs, etag: readEtag(answer.etag), facts: codec.encode(answer.facts) };
}

/** `null` when the stored value is none that the codec writes. */
export function fromStoredFact<F>(stored: StoredFact, codec: FactCodec<F>): Found<F> | Absent | null {
  const { fetchedAtMs, etag } = stored;
  if (stored.facts === null) return { kind: 'absent', fetchedAtMs, from: 'cache' };
  const facts = codec.decode(stored.facts);
  return facts === null ? null : { kind: 'found', facts, fetchedAtMs, etag, from: 'cache' };
}

export function isStorable(fact: StoredFact): boolean {
  return isTimeMs(fact.fetchedAtMs) && JSON.stringify(fact.facts).length <= MAX_FACTS_CHARS;
}

export function isStoredFacts(value: unknown): value is readonly unknown[] | null {
  return value === null || Array.isArray(value);
}

/** `null` for metadata that is not ours. */
export function readFetchStamp(metadata: unknown): FetchStamp | null {
  if (typeof metadata !== 'object' || metadata === null) return null;
  const { fetchedAtMs, etag } = metadata as Record<string, unknown>;
  return isTimeMs(fetchedAtMs) ? { fetchedAtMs, etag: readEtag(etag) } : null;
}

/** An entity tag that can be sent; anything else counts as none. */
export function readEtag(value: unknown): string | null {
  return typeof value === 'string' && ETAG.test(value) ? value : null;
}
