import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GuardError } from '../../../src/errors.js';
import { parseDataFile } from '../../../src/names/data/data-file.js';
import { HEADER, NAMES_FILE, SNAPSHOT_FILE } from '../../../src/names/data/format.js';
import { loadNameData } from '../../../src/names/load-name-data.js';

const BUNDLED = join(import.meta.dirname, '../../../data');

function codeOf(work: () => unknown): string | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof GuardError) return error.code;
    throw error;
  }
}

describe('the bundled names', () => {
  const data = loadNameData();

  it('know how popular an established name is, scoped or not', () => {
    expect(data.popularityOf('lodash')).toBe(28);
    expect(data.popularityOf('@types/node')).toBe(29);
    expect(data.popularityOf('JSONStream')).toBeGreaterThan(15);
  });

  it('hold the popular names that the download counts lack', () => {
    for (const name of ['atob', 'btoa', 'libphonenumber-js', 'locate-character'])
      expect(data.popularityOf(name)).not.toBeNull();
  });

  it('know nothing of an invented name', () => {
    for (const name of [
      'phantom-invented-name',
      '@phantom-invented/core',
      '@babel/phantom-invented',
      '@babel',
      '@',
      '',
    ]) {
      expect(data.popularityOf(name)).toBeNull();
    }
  });

  it('tell a name of the snapshot that few use from one that came later', () => {
    expect(data.existedAtSnapshot('types-node')).toBe(true);
    expect(data.existedAtSnapshot('lodash')).toBe(true);
    expect(data.existedAtSnapshot('phantom-invented-name')).toBe(false);
  });

  it('know the owners of scopes and their best known package', () => {
    expect(data.isEstablishedScope('@babel')).toBe(true);
    expect(data.isEstablishedScope('@babe')).toBe(false);
    expect(data.isEstablishedScope('@phantom-invented')).toBe(false);
    expect(data.scopeLeader('@types')).toEqual({ name: '@types/node', popularity: 29, packages: 7 });
    expect(data.scopeLeader('@phantom-invented')).toBeNull();
  });

  it('know the best known names of PyPI by their normalised form', () => {
    expect(data.pypiRankOf('boto3')).toBe(0);
    expect(data.pypiRankOf('scikit-learn')).not.toBeNull();
    expect(data.pypiRankOf('phantom-invented-name')).toBeNull();
  });

  it('say what they hold and of which day they are', () => {
    expect(data.snapshotDate).toBe('2026-03-01');
    expect(data.counts.establishedNames).toBeGreaterThanOrEqual(295_160);
    expect(data.counts.pypiNames).toBeGreaterThan(14_900);
  });
});

describe('a data directory', () => {
  let directory = '';
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'name-data-'));
    for (const file of ['names.bin', 'snapshot.bin'])
      copyFileSync(join(BUNDLED, file), join(directory, file));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  function patch(file: string, change: (bytes: Buffer) => void): void {
    const bytes = readFileSync(join(directory, file));
    change(bytes);
    writeFileSync(join(directory, file), bytes);
  }

  it('that is missing is unreadable', () => {
    expect(codeOf(() => loadNameData(join(directory, 'nowhere')))).toBe('DATA_UNREADABLE');
  });

  it('with one flipped bit is damaged', () => {
    patch('names.bin', (bytes) => {
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    });
    expect(codeOf(() => loadNameData(directory))).toBe('DATA_DAMAGED');
  });

  it('of a newer format is refused by its version, not by its checksum', () => {
    patch('names.bin', (bytes) => void bytes.writeUInt32LE(99, HEADER.version));
    expect(codeOf(() => loadNameData(directory))).toBe('DATA_VERSION_UNKNOWN');
  });

  it('that was cut off is damaged', () => {
    writeFileSync(join(directory, 'names.bin'), readFileSync(join(BUNDLED, 'names.bin')).subarray(0, 1000));
    expect(codeOf(() => loadNameData(directory))).toBe('DATA_DAMAGED');
  });

  it('with a damaged snapshot fails at the first question about it, and only then', () => {
    patch('snapshot.bin', (bytes) => void bytes.fill(0, 5000, 5100));
    const data = loadNameData(directory);
    expect(data.existedAtSnapshot('lodash')).toBe(true);
    expect(codeOf(() => data.existedAtSnapshot('phantom-invented-name'))).toBe('DATA_DAMAGED');
  });

  it('with a snapshot of another day is damaged', () => {
    patch('snapshot.bin', (bytes) => {
      bytes.writeUInt32LE(20250101, HEADER.snapshotDate);
    });
    expect(codeOf(() => loadNameData(directory).existedAtSnapshot('phantom-invented-name'))).toBe(
      'DATA_DAMAGED',
    );
  });

  it('with too many figures is damaged', () => {
    patch('names.bin', (bytes) => {
      bytes.writeUInt32LE(77, HEADER.figureCount);
      bytes.writeUInt32LE(crc32(bytes.subarray(HEADER.checkedFrom)), HEADER.checksum);
    });
    expect(codeOf(() => loadNameData(directory))).toBe('DATA_DAMAGED');
  });
});

describe('parsing any bytes as a data file', () => {
  it('throws our own error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, withMagic) => {
        const file = withMagic ? Buffer.concat([Buffer.from(SNAPSHOT_FILE.magic), bytes]) : bytes;
        const code = codeOf(() => parseDataFile(file, SNAPSHOT_FILE, 'x'));
        expect(['DATA_DAMAGED', 'DATA_VERSION_UNKNOWN']).toContain(code);
      }),
    );
  });

  it('refuses the other kind of file', () => {
    expect(codeOf(() => parseDataFile(readFileSync(join(BUNDLED, 'snapshot.bin')), NAMES_FILE, 'x'))).toBe(
      'DATA_DAMAGED',
    );
  });
});
