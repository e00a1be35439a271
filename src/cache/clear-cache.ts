import { randomUUID } from 'node:crypto';
import { lstat, mkdir, readFile, rename, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { GuardError } from '../errors.js';
import { errorCode } from './error-code.js';
import { entriesOf } from './list-files.js';
import { requireStoreDir } from './require-store.js';
import { TAG_FILE, TAG_TEXT } from './store-directory.js';

export type CacheClearing = {
  readonly dir: string;
  /** There was a cache. */
  readonly removed: boolean;
  /** Names of entries in our folder that are not ours; they are still there. */
  readonly kept: readonly string[];
};

/** The index goes first: an entry without content is a miss, but so is content without an entry. */
const OURS = [/^index-v\d+$/, /^content-v\d+$/, /^tmp$/, /^cleared-[0-9a-f-]{36}$/];

/**
 * Removes what this tool keeps in the cache directory and nothing else. Throws `CACHE_UNUSABLE` when the folder is not
 * marked as our cache, is no real directory, or cannot be removed. Folders are first moved aside in one step each, so
 * that a process that uses the cache meanwhile finds them whole or not at all. Links are removed, not followed.
 */
export async function clearCache(dir: string): Promise<CacheClearing> {
  const storeDir = await requireStoreDir(dir, ['open']);
  if (storeDir === null) return { dir, removed: false, kept: [] };
  if (!(await isTagged(storeDir))) throw notOurs(storeDir);
  try {
    await removeOurs(storeDir);
  } catch (error) {
    const message = `The cache ${storeDir} could not be removed (${errorCode(error)}).`;
    throw new GuardError('CACHE_UNUSABLE', message, 'Check the permissions of the directory.', error);
  }
  const kept = entriesOf(storeDir).map(({ name }) => name);
  return { dir, removed: true, kept };
}

async function removeOurs(storeDir: string): Promise<void> {
  const aside = join(storeDir, `cleared-${randomUUID()}`);
  await mkdir(aside, { mode: 0o700 });
  const names = entriesOf(storeDir).map(({ name }) => name);
  for (const pattern of OURS) {
    for (const name of names.filter((one) => pattern.test(one) && join(storeDir, one) !== aside)) {
      await unlessGone(rename(join(storeDir, name), join(aside, name)));
    }
  }
  await rm(aside, { recursive: true, force: true, maxRetries: 3 });
  await rm(join(storeDir, TAG_FILE), { force: true });
  // Another process may have begun to fill it again, or something in it is not ours.
  await unlessGone(rmdir(storeDir), 'ENOTEMPTY', 'EEXIST');
}

/** Another `cache clear` at the same time may have been faster. */
async function unlessGone(work: Promise<void>, ...tolerated: readonly string[]): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!['ENOENT', ...tolerated].includes(errorCode(error))) throw error;
  }
}

async function isTagged(storeDir: string): Promise<boolean> {
  const tag = join(storeDir, TAG_FILE);
  try {
    return (await lstat(tag)).isFile() && (await readFile(tag, 'utf8')) === TAG_TEXT;
  } catch {
    return false;
  }
}

function notOurs(storeDir: string): GuardError {
  const message = `The directory ${storeDir} is not marked as a cache of phantom-guard-install.`;
  return new GuardError(
    'CACHE_UNUSABLE',
    message,
    `If it is one, delete it by hand, or restore its ${TAG_FILE}.`,
  );
}
