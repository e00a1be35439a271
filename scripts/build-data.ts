import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DATA_FILES } from '../src/names/load-name-data.js';
import { buildNamesFile } from './data/names-file.js';
import { buildSnapshotFile } from './data/snapshot-file.js';
import { readSources } from './data/sources.js';

/** Day of the counts in download-counts 2.20260301.0. */
const SNAPSHOT_DATE = 20260301;

// Builds data/ anew, byte for byte the same from the same sources: npm run build:data [-- OUTPUT-DIRECTORY]
const output = process.argv[2] ?? 'data';
const sources = readSources('scripts/data/pypi-top.txt');
mkdirSync(output, { recursive: true });
const files = {
  [DATA_FILES.names]: buildNamesFile(sources, SNAPSHOT_DATE),
  [DATA_FILES.snapshot]: buildSnapshotFile(sources, SNAPSHOT_DATE),
};
for (const [file, bytes] of Object.entries(files)) {
  writeFileSync(join(output, file), bytes);
  console.log(`${join(output, file)} ${bytes.length} bytes`);
}
