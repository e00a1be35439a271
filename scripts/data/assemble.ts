import { crc32 } from 'node:zlib';
import { FORMAT_VERSION, HEADER } from '../../src/names/data/format.js';

export interface FilePlan {
  readonly magic: string;
  /** yyyymmdd. */
  readonly snapshotDate: number;
  readonly figures: readonly number[];
  readonly sections: readonly Uint8Array[];
}

/** Puts header, directory and sections together as src/names/data/format.ts describes. */
export function assemble(plan: FilePlan): Buffer {
  const directoryAt = HEADER.figures + plan.figures.length * 4;
  const bodyAt = directoryAt + plan.sections.length * 8;
  const file = Buffer.alloc(bodyAt + plan.sections.reduce((sum, section) => sum + section.length, 0));
  file.write(plan.magic, 0, 'latin1');
  file.writeUInt32LE(FORMAT_VERSION, HEADER.version);
  file.writeUInt32LE(plan.snapshotDate, HEADER.snapshotDate);
  file.writeUInt32LE(plan.figures.length, HEADER.figureCount);
  plan.figures.forEach((figure, i) => void file.writeUInt32LE(figure, HEADER.figures + i * 4));
  let at = bodyAt;
  plan.sections.forEach((section, i) => {
    file.writeUInt32LE(at, directoryAt + i * 8);
    file.writeUInt32LE(section.length, directoryAt + i * 8 + 4);
    file.set(section, at);
    at += section.length;
  });
  file.writeUInt32LE(crc32(file.subarray(HEADER.checkedFrom)), HEADER.checksum);
  return file;
}
