import { asRecord, own } from '../registry/json-record.js';
import type { FeedBuilder } from './feed-builder.js';
import { entryOfVersions } from './feed-version.js';

export type Manifest = ReadonlyMap<string, readonly string[] | null>;

/** `value` as names with their bad versions, `null` = all of them; `null` when it is anything else. */
export function asManifest(value: unknown): Manifest | null {
  const record = asRecord(value);
  if (record === null) return null;
  const manifest = new Map<string, readonly string[] | null>();
  for (const name of Object.keys(record)) {
    const versions = own(record, name);
    if (versions !== null && !isTexts(versions)) return null;
    manifest.set(name, versions);
  }
  return manifest.size === 0 ? null : manifest;
}

export function addManifest(manifest: Manifest, builder: FeedBuilder): void {
  for (const [name, versions] of manifest) builder.add(name, entryOfVersions(null, versions ?? []));
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
