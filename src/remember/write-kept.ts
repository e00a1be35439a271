import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sealKept } from '../cache/sealed-kept.js';
import { createStoreDir, inspectStoreDir } from '../cache/store-directory.js';
import type { KeptPlace } from './read-kept.js';

/** Projects and ways of asking on one machine; the oldest make room. */
const MOST_FILES = 256;

/** Writes what `readKept` finds under this name, and creates what is missing. What can't be written is not kept. */
export async function writeKept(place: KeptPlace, name: string, kept: object): Promise<void> {
  try {
    const { storeDir } = place;
    const { kind } = inspectStoreDir(storeDir);
    if (kind === 'refused') return;
    const made = place.cacheKey.make();
    if (made.kind === 'refused') return;
    if (kind === 'absent') await createStoreDir(storeDir);
    const folder = join(storeDir, place.folder);
    // What a killed process leaves there is swept with the other temporary files of the store.
    const temporaries = join(storeDir, 'tmp');
    for (const one of [folder, temporaries]) mkdirSync(one, { recursive: true, mode: 0o700 });
    const temporary = join(temporaries, randomUUID());
    const sealed = sealKept(made.key, place.folder, `${name}.json`, JSON.stringify(kept));
    writeFileSync(temporary, sealed, { flag: 'wx', mode: 0o600 });
    renameSync(temporary, join(folder, `${name}.json`));
    makeRoom(folder);
  } catch {
    // The next run judges again.
  }
}

function makeRoom(folder: string): void {
  const names = readdirSync(folder);
  if (names.length <= MOST_FILES) return;
  const byAge = names
    .map((name) => ({ file: join(folder, name), mtimeMs: statSync(join(folder, name)).mtimeMs }))
    .toSorted((a, b) => a.mtimeMs - b.mtimeMs);
  for (const { file } of byAge.slice(0, names.length - MOST_FILES / 2)) rmSync(file, { force: true });
}
