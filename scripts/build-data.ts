import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DATA_FILES } from '../src/names/load-name-data.js';
import { buildNamesFile } from './data/names-file.js';
import { buildSnapshotFile } from './data/snapshot-file.js';
import { readSources } from './data/sources.js';

/** Day of the counts in download-counts 2.20260301.0. */
const SNAPSHOT_DATE = 20260301;
const DIRECTORY = 'data';

// Builds data/ anew, byte for byte the same from the same sources. With --check it writes nothing and fails
// when the files differ: npm run build:data [-- --check]
const checks = process.argv.includes('--check');
const sources = readSources(!checks);
const files = {
  [DATA_FILES.names]: buildNamesFile(sources, SNAPSHOT_DATE),
  [DATA_FILES.snapshot]: buildSnapshotFile(sources, SNAPSHOT_DATE),
};
mkdirSync(DIRECTORY, { recursive: true });
for (const [file, bytes] of Object.entries(files)) {
  const path = join(DIRECTORY, file);
  if (!checks) writeFileSync(path, bytes);
  else if (!bytes.equals(readFileSync(path))) {
    console.error(`${path} is not what the sources yield: run npm run build:data`);
    process.exitCode = 1;
  }
  console.log(`${path} ${bytes.length} bytes`);
}
