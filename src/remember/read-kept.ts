import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { currentDigest } from '../inputs/current-digest.js';
import type { Input } from '../inputs/input.js';

type Env = Readonly<Record<string, string | undefined>>;

/** Permission bits with which another user could put values of his own there. */
const WRITABLE_BY_OTHERS = 0o022;

/**
 * What `writeKept` has put there under this key, where everything that it was made from is as it was; else `null`, for
 * whatever reason. Reads synchronously: nothing else goes on.
 *
 * @param storeDir the folder of the store, absolute
 * @param folder inside of it
 */
export function readKept<T extends { readonly inputs: readonly Input[] }>(
  storeDir: string,
  folder: string,
  key: string,
  env: Env,
): T | null {
  try {
    if (!isOwn(storeDir)) return null;
    const kept = JSON.parse(readFileSync(join(storeDir, folder, `${key}.json`), 'utf8')) as T;
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
