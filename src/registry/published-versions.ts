import type { PublishedVersion, PublishedVersions } from '../model/facts.js';
import { type JsonRecord, own, ownRecord } from './json-record.js';

const HEX_SHA1 = /^[0-9a-f]{40}$/i;
/** A sha512 has 95 characters; several algorithms may stand in one string. */
const MAX_INTEGRITY_LENGTH = 1000;

/**
 * What a document publishes of the `wanted` versions. A version that it lacks is `null`.
 *
 * @param versions the document's `versions`
 */
export function readPublishedVersions(versions: JsonRecord, wanted: readonly string[]): PublishedVersions {
  const read = wanted.map((version): [string, PublishedVersion | null] => {
    const manifest = ownRecord(versions, version);
    return [version, manifest === null ? null : { integrity: integrityOf(ownRecord(manifest, 'dist')) }];
  });
  return Object.fromEntries(read);
}

/** `dist.integrity` and the older `dist.shasum`, which is a sha1 in hexadecimal digits, as one string. */
function integrityOf(dist: JsonRecord | null): string | null {
  const integrity = own(dist, 'integrity');
  const shasum = own(dist, 'shasum');
  const known = [
    ...(typeof integrity === 'string' && integrity.length <= MAX_INTEGRITY_LENGTH ? [integrity.trim()] : []),
    ...(typeof shasum === 'string' && HEX_SHA1.test(shasum)
      ? [`sha1-${Buffer.from(shasum, 'hex').toString('base64')}`]
      : []),
  ].filter((one) => one !== '');
  return known.length === 0 ? null : known.join(' ');
}
