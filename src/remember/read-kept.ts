import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { CacheKey } from '../cache/cache-key.js';
import { readRegularFile } from '../cache/read-regular-file.js';
import { MAX_KEPT_BYTES, openKept } from '../cache/sealed-kept.js';
import { currentDigest } from '../inputs/current-digest.js';
import type { Input } from '../inputs/input.js';

type Env = Readonly<Record<string, string | undefined>>;

/** Permission bits with which another user could put values of his own there. */
const WRITABLE_BY_OTHERS = 0o022;

/** Where something is kept, and with what it is sealed. */
export type KeptPlace = {
  /** The folder of the store, absolute. */
  readonly storeDir: string;
  /** Inside of it. */
  readonly folder: string;
  readonly cacheKey: CacheKey;
};

/**
 * What `writeKept` has put there under this name, where it is sealed with the key and everything that it was made from
 * is as it was; else `null`, for whatever reason. Reads synchronously: nothing else goes on.
 */
export function readKept<T extends { readonly inputs: readonly Input[] }>(
  { storeDir, folder, cacheKey }: KeptPlace,
  name: string,
  env: Env,
): T | null {
  try {
    if (!isOwn(storeDir)) return null;
    const file = `${name}.json`;
    const sealed = readRegularFile(join(storeDir, folder, file), MAX_KEPT_BYTES);
    const known = cacheKey.read();
    if (sealed === null || known.kind !== 'key') return null;
    const text = openKept(known.key, folder, file, sealed.toString('utf8'));
    if (text === null) return null;
    const kept = JSON.parse(text) as T;
    return kept.inputs.every((input) => currentDigest(input, env) === input.digest) ? kept : null;
  } catch {
    return null;
  }
}

function isOwn(folder: string): boolean {
  const status = lstatSync(folder);
  if (!status.isDirectory() || status.uid !== (process.geteuid?.() ?? status.uid)) return false;
  return process.platform === 'win32' || (status.mode & WRITABLE_BY_OTHERS) === 0;
}
