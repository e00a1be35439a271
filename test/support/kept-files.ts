import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sealKept } from '../../src/cache/sealed-kept.js';

/** What a file holds that a run has kept for later ones. */
export function readKeptFile(file: string) {
  const sealed = readFileSync(file, 'utf8');
  return JSON.parse(sealed.slice(sealed.indexOf('\n')));
}

/** Puts something else there, as a holder of the key would. */
export function writeKeptFile(file: string, kept: object, key: Buffer): void {
  const folder = path.basename(path.dirname(file));
  writeFileSync(file, sealKept(key, folder, path.basename(file), JSON.stringify(kept)));
}

/** The key that a run with this home has made for itself. */
export function keyOfHome(home: string): Buffer {
  return readFileSync(path.join(home, '.config/phantom-guard/cache.key'));
}
