import { asRecord, type JsonRecord, own, ownRecord } from '../registry/json-record.js';
import type { FeedBuilder } from './feed-builder.js';
import { type DraftEntry, wholePackage } from './feed-entry.js';
import { plainVersion } from './feed-version.js';
import { MAX_ID_LENGTH } from './limits.js';
import { type OsvRange, readOsvRange } from './osv-range.js';

/** `value` as a record of the OSV schema (https://ossf.github.io/osv-schema/); `null` for everything else. */
export function asOsvRecord(value: unknown): JsonRecord | null {
  const record = asRecord(value);
  const isOsv =
    typeof own(record, 'id') === 'string' &&
    (Array.isArray(own(record, 'affected')) || typeof own(record, 'modified') === 'string');
  return isOsv ? record : null;
}

/** Adds what a record says of npm packages; a withdrawn one says nothing. */
export function addOsvRecord(record: JsonRecord, builder: FeedBuilder): void {
  const affected = own(record, 'affected');
  if ((own(record, 'withdrawn') ?? null) !== null || !Array.isArray(affected)) return;
  const id = String(own(record, 'id')).slice(0, MAX_ID_LENGTH);
  for (const item of affected) {
    const packageOf = ownRecord(asRecord(item), 'package');
    if (own(packageOf, 'ecosystem') === 'npm') builder.add(own(packageOf, 'name'), readAffected(item, id));
  }
}

/** A version is affected when it is listed or lies in a range. `null` where nothing says which versions are. */
function readAffected(item: unknown, id: string): DraftEntry | null {
  const ranges = listOf(item, 'ranges')
    .map(readOsvRange)
    .filter((range) => range !== null);
  if (ranges.some(({ all }) => all)) return wholePackage(id);
  const versions = listOf(item, 'versions')
    .map((version) => (typeof version === 'string' ? plainVersion(version) : null))
    .filter((version) => version !== null);
  const bounded = ranges.flatMap((range: OsvRange) => (range.all ? [] : [range.range]));
  return versions.length + bounded.length === 0 ? null : { id, all: false, versions, ranges: bounded };
}

function listOf(item: unknown, key: string): readonly unknown[] {
  const list = own(asRecord(item), key);
  return Array.isArray(list) ? list : [];
}
