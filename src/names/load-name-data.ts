import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GuardError } from '../errors.js';
import { noteOwnFile } from '../inputs/trace.js';
import { type DataFile, type DataFileShape, damagedFile, parseDataFile } from './data/data-file.js';
import { NAMES_FILE, SNAPSHOT_FILE } from './data/format.js';
import { fuseHas, placeCount } from './data/fuse-filter.js';
import { PackedNames } from './data/packed-names.js';
import type { NameData } from './name-data.js';

/** File names in the data directory. */
export const DATA_FILES = { names: 'names.bin', snapshot: 'snapshot.bin' } as const;

/** Where the data lies relative to this module: in the bundle (dist/, dist/workers/) and in the sources. */
const PLACES = ['../data/', '../../data/', '../../../data/'];

/**
 * Reads the bundled names from `directory`. names.bin is read at once; snapshot.bin, which is asked only about
 * names that aren't established, at the first such question. Throws DATA_UNREADABLE, DATA_DAMAGED or
 * DATA_VERSION_UNKNOWN, also then.
 */
export function loadNameData(directory: string = bundledDirectory()): NameData {
  const names = readDataFile(join(directory, DATA_FILES.names), NAMES_FILE);
  let snapshot: ((name: string) => boolean) | null = null;
  return new PackedNames(names, (name) => {
    snapshot ??= loadSnapshot(join(directory, DATA_FILES.snapshot), names.snapshotDate);
    return snapshot(name);
  });
}

function loadSnapshot(path: string, snapshotDate: string): (name: string) => boolean {
  const file = readDataFile(path, SNAPSHOT_FILE);
  const { seed, segmentLength, segmentCount } = file.figures;
  const shape = { seed, segmentLength, segmentCount };
  const fingerprints = file.sections;
  if (placeCount(shape) !== fingerprints.low.length || file.snapshotDate !== snapshotDate)
    throw damagedFile(path);
  return (name) => fuseHas(fingerprints, shape, name);
}

function readDataFile<Figure extends string, Section extends string>(
  path: string,
  shape: DataFileShape<Figure, Section>,
): DataFile<Figure, Section> {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    const hint = 'Reinstall phantom-guard-install, or run with --no-data.';
    throw new GuardError('DATA_UNREADABLE', `The name data ${path} can't be read`, hint, cause);
  }
  noteOwnFile(path);
  return parseDataFile(bytes, shape, path);
}

export function bundledDirectory(): string {
  const places = PLACES.map((place) => fileURLToPath(new URL(place, import.meta.url)));
  return places.find((place) => existsSync(join(place, DATA_FILES.names))) ?? (places[0] as string);
}
