import type { PackageName } from '../model/package-name.js';
import type { FactSpace } from './fact-space.js';
import { type FetchStamp, isStoredFacts, type StoredFact } from './stored-fact.js';

/** Largest record that is read, in bytes: the longest facts in UTF-8 with room for the name. */
export const MAX_RECORD_BYTES = 128 * 1024;

/**
 * The content of one name's record. Kind, service and name are inside, so that no two names share content and a record
 * that ended up under another name is recognised.
 */
export function encodeRecord(space: FactSpace, name: PackageName, fact: StoredFact): Buffer {
  return Buffer.from(JSON.stringify([space.kind, space.serviceId, name, fact.facts]));
}

/** `null` for what `encodeRecord` did not write for this name. */
export function decodeRecord(
  content: string,
  space: FactSpace,
  name: string,
  stamp: FetchStamp,
): StoredFact | null {
  const parsed = parseJson(content);
  if (!Array.isArray(parsed) || parsed.length !== 4) return null;
  const [kind, serviceId, storedName, facts] = parsed as readonly unknown[];
  const isOurs = kind === space.kind && serviceId === space.serviceId && storedName === name;
  return isOurs && isStoredFacts(facts) ? { ...stamp, facts } : null;
}

/** `undefined` for text that is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
