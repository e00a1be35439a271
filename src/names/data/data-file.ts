import { crc32 } from 'node:zlib';
import { GuardError } from '../../errors.js';
import { FORMAT_VERSION, HEADER } from './format.js';

/** A checked data file: its figures and sections by name. */
export interface DataFile<Figure extends string, Section extends string> {
  readonly snapshotDate: string;
  readonly figures: Readonly<Record<Figure, number>>;
  readonly sections: Readonly<Record<Section, Uint8Array>>;
}

export interface DataFileShape<Figure extends string, Section extends string> {
  readonly magic: string;
  readonly figures: readonly Figure[];
  readonly sections: readonly Section[];
}

const REINSTALL = 'Reinstall phantom-guard-install, or rebuild the file with `npm run build:data`.';

/**
 * Checks the bytes of a data file and cuts them into sections, without copying. `path` is for messages only.
 */
export function parseDataFile<Figure extends string, Section extends string>(
  bytes: Uint8Array,
  shape: DataFileShape<Figure, Section>,
  path: string,
): DataFile<Figure, Section> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const directory = HEADER.figures + shape.figures.length * 4;
  if (bytes.length < directory + shape.sections.length * 8 || !startsWith(bytes, shape.magic))
    throw damagedFile(path);
  const version = view.getUint32(HEADER.version, true);
  if (version > FORMAT_VERSION) {
    throw new GuardError(
      'DATA_VERSION_UNKNOWN',
      `${path} has format ${version}; this program reads ${FORMAT_VERSION}`,
      REINSTALL,
    );
  }
  if (view.getUint32(HEADER.checksum, true) !== crc32(bytes.subarray(HEADER.checkedFrom)))
    throw damagedFile(path);
  if (view.getUint32(HEADER.figureCount, true) !== shape.figures.length) throw damagedFile(path);
  const word = (at: number): number => view.getUint32(at, true);
  const figures = shape.figures.map((figure, i) => [figure, word(HEADER.figures + i * 4)]);
  const sections = shape.sections.map((section, i) => {
    const from = word(directory + i * 8);
    return [section, bytes.subarray(from, from + word(directory + i * 8 + 4))];
  });
  return {
    snapshotDate: formatDate(word(HEADER.snapshotDate)),
    figures: Object.fromEntries(figures) as Record<Figure, number>,
    sections: Object.fromEntries(sections) as Record<Section, Uint8Array>,
  };
}

function startsWith(bytes: Uint8Array, magic: string): boolean {
  return String.fromCharCode(...bytes.subarray(0, magic.length)) === magic;
}

/** The error for a file whose bytes contradict themselves. */
export function damagedFile(path: string): GuardError {
  return new GuardError('DATA_DAMAGED', `${path} is damaged or no data file of this program`, REINSTALL);
}

function formatDate(date: number): string {
  const digits = String(date).padStart(8, '0');
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
}
