import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { parseDataFile } from '../../../src/names/data/data-file.js';
import { HEADER, NAMES_FILE, SNAPSHOT_FILE } from '../../../src/names/data/format.js';
import { type FuzzTarget, mustHold } from '../target.js';

/** The real files, cut off: the sections end outside. */
const CUT_BYTES = 4096;

/** data/names.bin and data/snapshot.bin. Holds besides: bytes whose checksum is wrong are never read. */
export const nameData: FuzzTarget = {
  name: 'name-data',
  share: 40,
  seeds: () =>
    ['names.bin', 'snapshot.bin'].flatMap((file) => {
      const bytes = readFileSync(`data/${file}`).subarray(0, CUT_BYTES);
      return [bytes, withChecksum(bytes)];
    }),
  words: ['PGNAMES\n', 'PGSNAPS\n', '\0\0\0\0', '\x01\0\0\0', '\xff\xff\xff\xff'],
  run: (bytes) => {
    const shape =
      bytes.subarray(0, 8).toString('latin1') === SNAPSHOT_FILE.magic ? SNAPSHOT_FILE : NAMES_FILE;
    // The checksum would stop all but the first way: half of the inputs get a right one.
    const file = bytes.length % 2 === 0 ? withChecksum(bytes) : bytes;
    const { sections } = parseDataFile(file, shape, 'zq');
    const expected = crc32(file.subarray(HEADER.checkedFrom));
    mustHold(file.readUInt32LE(HEADER.checksum) === expected, 'damaged bytes are read');
    for (const section of Object.values(sections))
      mustHold(section.length <= file.length, 'a section without bytes');
  },
};

function withChecksum(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  if (copy.length >= HEADER.figures)
    copy.writeUInt32LE(crc32(copy.subarray(HEADER.checkedFrom)), HEADER.checksum);
  return copy;
}
