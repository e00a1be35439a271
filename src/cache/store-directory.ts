import { lstatSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from './error-code.js';
import { FORMAT_VERSION } from './fact-space.js';
import type { CacheProblem } from './fact-store.js';

/** Permission bits with which another user could put facts of his own into the cache. */
const WRITABLE_BY_OTHERS = 0o022;

/** For this user alone. */
export const STORE_DIR_MODE = 0o700;

/** The file of the Cache Directory Tagging Specification (bford.info/cachedir), by which backups leave a cache out. */
export const TAG_FILE = 'CACHEDIR.TAG';
export const TAG_TEXT = `Signature: 8a477f597d28d172789f06886806bc55
# This directory is the cache of phantom-guard-install. It may be deleted at any time.
`;

export type DirectoryState =
  | { readonly kind: 'absent' }
  | { readonly kind: 'usable' }
  | { readonly kind: 'refused'; readonly why: DirectoryFault; readonly problem: CacheProblem };

/** `not-ours` and `no-directory` are never touched; `open` is our own directory with too many permissions. */
export type DirectoryFault = 'no-directory' | 'not-ours' | 'open' | 'unreadable';

/**
 * The folder inside the cache directory in which everything is kept. A folder of our own can be created with our own
 * permissions inside a shared directory, and can be told from another tool's cacache.
 */
export function storeDirOf(cacheDir: string, formatVersion = FORMAT_VERSION): string {
  return join(cacheDir, `facts-v${formatVersion}`);
}

/** Where earlier versions of this program kept things. Nothing is read there. */
export function olderStoreDirs(cacheDir: string): readonly string[] {
  return Array.from({ length: FORMAT_VERSION - 1 }, (_, index) => storeDirOf(cacheDir, index + 1));
}

/** Whether the store's folder may be trusted: a real directory of this user's that nobody else can write to. */
export function inspectStoreDir(storeDir: string): DirectoryState {
  try {
    const status = lstatSync(storeDir);
    if (!status.isDirectory()) return refuse('no-directory', `The cache ${storeDir} is not a directory.`);
    if (status.uid !== (process.geteuid?.() ?? status.uid)) {
      return refuse('not-ours', `The cache ${storeDir} belongs to another user.`);
    }
    // Windows has no such bits: Node makes them up there.
    const isOpen = process.platform !== 'win32' && (status.mode & WRITABLE_BY_OTHERS) !== 0;
    return isOpen ? refuse('open', `Other users can write to the cache ${storeDir}.`) : { kind: 'usable' };
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT') return { kind: 'absent' };
    if (code === 'ENOTDIR')
      return refuse('no-directory', `The path of the cache ${storeDir} leads through a file.`);
    return refuse('unreadable', `The cache ${storeDir} cannot be opened (${code}).`);
  }
}

/** Creates the store's folder for this user alone and marks it as a cache. Rejects when it cannot be written. */
export async function createStoreDir(storeDir: string): Promise<void> {
  await mkdir(storeDir, { recursive: true, mode: STORE_DIR_MODE });
  try {
    await writeFile(join(storeDir, TAG_FILE), TAG_TEXT, { flag: 'wx' });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}

function refuse(why: DirectoryFault, message: string): DirectoryState {
  const hint =
    why === 'open'
      ? 'Run `phantom-guard-install cache clear`, or choose another directory with --cache-dir.'
      : 'Choose another directory with --cache-dir or PHANTOM_GUARD_CACHE_DIR.';
  const code = why === 'unreadable' ? 'CACHE_UNREADABLE' : 'CACHE_UNTRUSTED';
  return { kind: 'refused', why, problem: { code, message, hint } };
}
