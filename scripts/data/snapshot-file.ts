import { SNAPSHOT_FILE } from '../../src/names/data/format.js';
import { hashText, otherHashText } from '../../src/names/hash.js';
import { assemble } from './assemble.js';
import type { Sources } from './sources.js';
import { type HashedKeys, writeFuse } from './write-fuse.js';

/** Builds snapshot.bin: the names of the snapshot that names.bin doesn't hold. */
export function buildSnapshotFile(sources: Sources, snapshotDate: number): Buffer {
  const names = [...sources.downloads.keys()].filter((name) => !sources.established.has(name)).sort();
  const { shape, fingerprints } = writeFuse(hashKeys(names));
  const figures: Record<(typeof SNAPSHOT_FILE.figures)[number], number> = {
    snapshotNames: names.length,
    ...shape,
  };
  return assemble({
    magic: SNAPSHOT_FILE.magic,
    snapshotDate,
    figures: SNAPSHOT_FILE.figures.map((figure) => figures[figure]),
    sections: [fingerprints.low, fingerprints.ninth],
  });
}

/** Names whose 64 bits of hash coincide are one key to the filter. */
function hashKeys(names: readonly string[]): HashedKeys {
  const keys = new Set<bigint>();
  for (const name of names)
    keys.add((BigInt(hashText(name) >>> 0) << 32n) | BigInt(otherHashText(name) >>> 0));
  const first = new Int32Array(keys.size);
  const second = new Int32Array(keys.size);
  let i = 0;
  for (const key of keys) {
    first[i] = Number(key >> 32n) | 0;
    second[i++] = Number(key & 0xffffffffn) | 0;
  }
  return { first, second };
}
