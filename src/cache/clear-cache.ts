import { randomUUID } from 'node:crypto';
import { chmod, lstat, mkdir, readFile, rename, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { GuardError } from '../errors.js';
import { errorCode } from './error-code.js';
import { entriesOf } from './list-files.js';
import { requireStoreDir } from './require-store.js';
import { KEPT_FOLDERS } from './sealed-kept.js';
import { inspectStoreDir, olderStoreDirs, STORE_DIR_MODE, TAG_FILE, TAG_TEXT } from './store-directory.js';
import { succeeds } from './succeeds.js';

export type CacheClearing = {
  readonly dir: string;
  /** There was something to remove. */
  readonly removed: boolean;
  /** Names of entries in our folder that are not ours; they are still there. */
  readonly kept: readonly string[];
};

/** The index goes first: an entry without content is a miss, but so is content without an entry. */
const OURS = [/^index-v\d+$/, /^content-v\d+$/, /^tmp$/, KEPT_FOLDERS, /^cleared-[0-9a-f-]{36}$/];

/**
 * Removes the facts that this tool keeps in the cache directory, and nothing else. Folders are first moved aside in one
 * step each, so that a process that uses the cache meanwhile finds them whole or not at all; our empty folder with its
 * tag stays for the same reason. The folders of earlier formats go with it. Links are removed, not followed. Throws `CACHE_UNUSABLE` when the folder is not marked
 * as our cache, is no real directory of this user's, or cannot be cleared.
 */
export async function clearCache(dir: string): Promise<CacheClearing> {
  const storeDir = requireStoreDir(dir, ['open']);
  if (storeDir !== null && !(await isTagged(storeDir))) throw notOurs(storeDir);
  try {
    const hadOlder = await removeOlder(dir);
    if (storeDir === null) return { dir, removed: hadOlder, kept: [] };
    const removed = await removeOurs(storeDir);
    await chmod(storeDir, STORE_DIR_MODE);
    return { dir, removed: removed || hadOlder, kept: foreignNames(storeDir) };
  } catch (error) {
    const message = `The cache ${dir} could not be cleared (${errorCode(error)}).`;
    throw new GuardError('CACHE_UNUSABLE', message, 'Check the permissions of the directory.', error);
  }
}

/** What is refused, not marked as ours, or holds more than ours stays. */
async function removeOlder(dir: string): Promise<boolean> {
  let hadAny = false;
  for (const storeDir of olderStoreDirs(dir)) {
    const state = inspectStoreDir(storeDir);
    const isOwn = state.kind === 'usable' || (state.kind === 'refused' && state.why === 'open');
    if (!isOwn || !(await isTagged(storeDir))) continue;
    await removeOurs(storeDir);
    if (foreignNames(storeDir).length > 0) continue;
    await rm(join(storeDir, TAG_FILE), { force: true });
    hadAny = (await succeeds(rmdir(storeDir))) || hadAny;
  }
  return hadAny;
}

async function removeOurs(storeDir: string): Promise<boolean> {
  const aside = `cleared-${randomUUID()}`;
  const names = entriesOf(storeDir).map(({ name }) => name);
  const ours = OURS.flatMap((pattern) => names.filter((name) => pattern.test(name)));
  if (ours.length === 0) return false;
  await mkdir(join(storeDir, aside), { mode: STORE_DIR_MODE });
  for (const name of ours) await moveUnlessGone(join(storeDir, name), join(storeDir, aside, name));
  await rm(join(storeDir, aside), { recursive: true, force: true, maxRetries: 3 });
  return true;
}

/** Another `cache clear` at the same time may have been faster. */
async function moveUnlessGone(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}

/** What a process has begun to write meanwhile is not foreign. */
function foreignNames(storeDir: string): readonly string[] {
  const isOurs = (name: string): boolean => name === TAG_FILE || OURS.some((pattern) => pattern.test(name));
  return entriesOf(storeDir)
    .map(({ name }) => name)
    .filter((name) => !isOurs(name));
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
