import type { DataFile } from './data-file.js';

/**
 * Layout of both data files, little-endian, 32 bits a number: 8 bytes of magic, format version, snapshot date
 * (yyyymmdd), CRC-32 of everything behind it, number of figures, the figures, then offset and length of each
 * section; the sections follow. The checksum finds damage. It is no protection against someone who may write
 * to the file: they could as well write to the program.
 */
export const FORMAT_VERSION = 1;
export const HEADER = {
  version: 8,
  snapshotDate: 12,
  checksum: 16,
  checkedFrom: 20,
  figureCount: 20,
  figures: 24,
} as const;

/** names.bin: what is established. */
export const NAMES_FILE = {
  magic: 'PGNAMES\n',
  figures: ['establishedNames', 'establishedScopes', 'pypiNames', 'targetNames', 'symbolCount'],
  sections: [
    'symbols',
    'nameOffsets',
    'names',
    'scopeOffsets',
    'scopes',
    'pypiOffsets',
    'pypi',
    'targets',
    'contexts',
  ],
} as const;
export type NamesFile = DataFile<(typeof NAMES_FILE.figures)[number], (typeof NAMES_FILE.sections)[number]>;

/** snapshot.bin: what else was in use at the snapshot. */
export const SNAPSHOT_FILE = {
  magic: 'PGSNAPS\n',
  figures: ['snapshotNames', 'seed', 'segmentLength', 'segmentCount'],
  sections: ['low', 'ninth'],
} as const;
