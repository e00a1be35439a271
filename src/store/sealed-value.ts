import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { isTimeMs } from '../cache/field-checks.js';
import { isStoredFacts, readEtag, type StoredFact } from '../cache/stored-fact.js';

const CIPHER = 'aes-256-gcm';
/** Bytes of AES-GCM's nonce and tag (NIST SP 800-38D). */
const NONCE = 12;
const TAG = 16;

/**
 * Facts as they lie in a shared store: nonce, tag, then JSON under AES-256-GCM with the entry's key as additional data, so that
 * without the organisation's key nobody can read one, make one, or put one under another name.
 */
export function sealValue(key: Buffer, entry: string, { fetchedAtMs, etag, facts }: StoredFact): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(entry));
  const text = Buffer.concat([cipher.update(JSON.stringify([fetchedAtMs, etag, facts])), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]);
}

/** `null` for everything that {@link sealValue} did not make for this entry with this key. */
export function openValue(key: Buffer, entry: string, value: Buffer): StoredFact | null {
  if (value.length < NONCE + TAG) return null;
  try {
    const decipher = createDecipheriv(CIPHER, key, value.subarray(0, NONCE), { authTagLength: TAG })
      .setAAD(Buffer.from(entry))
      .setAuthTag(value.subarray(NONCE, NONCE + TAG));
    const text = Buffer.concat([decipher.update(value.subarray(NONCE + TAG)), decipher.final()]);
    return readFact(JSON.parse(text.toString('utf8')));
  } catch {
    return null;
  }
}

function readFact(value: unknown): StoredFact | null {
  if (!Array.isArray(value) || value.length !== 3) return null;
  const [fetchedAtMs, etag, facts] = value as readonly unknown[];
  return isTimeMs(fetchedAtMs) && isStoredFacts(facts) ? { fetchedAtMs, etag: readEtag(etag), facts } : null;
}
