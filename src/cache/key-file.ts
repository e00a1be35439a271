import { randomBytes, randomUUID } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  linkSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  type Stats,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { type CacheKey, type KeyRefusal, type KeyState, refuseKey } from './cache-key.js';
import { errorCode } from './error-code.js';
import { NO_LINK } from './read-regular-file.js';

const KEY_BYTES = 32;

const REMOVE = 'Remove it, and the next run makes a new one; or set PHANTOM_GUARD_CACHE_KEY.';

/** The bits with which other users could read or replace the key. */
const OPEN_TO_OTHERS = 0o077;

/**
 * A key of 32 random bytes in a file for this user alone.
 *
 * @param path absolute; folders that are missing are created with the key
 * @param hint what to do about a file that can't be used
 */
export function createKeyFile(path: string, hint: string = REMOVE): CacheKey {
  let known: KeyState = { kind: 'absent' };
  const read = (): KeyState => {
    if (known.kind !== 'key') known = readKey(path, hint);
    return known;
  };
  return {
    read,
    make: () => {
      const state = read();
      if (state.kind !== 'absent') return state;
      try {
        writeNewKey(path);
      } catch (error) {
        return refuseKey(path, `cannot be made (${errorCode(error)})`, hint);
      }
      const made = read();
      return made.kind === 'absent' ? refuseKey(path, 'is removed as soon as it is made', hint) : made;
    },
  };
}

function readKey(path: string, hint: string): KeyState {
  const unusable = (why: string): KeyRefusal => refuseKey(path, why, hint);
  let file: number;
  try {
    file = openSync(path, NO_LINK);
  } catch (error) {
    const code = errorCode(error);
    return code === 'ENOENT' ? { kind: 'absent' } : unusable(reasonOf(code));
  }
  try {
    const fault = faultOf(fstatSync(file));
    if (fault !== null) return unusable(fault);
    const bytes = Buffer.alloc(KEY_BYTES + 1);
    const length = readSync(file, bytes);
    return length === KEY_BYTES
      ? { kind: 'key', key: bytes.subarray(0, KEY_BYTES) }
      : unusable(`is not ${KEY_BYTES} bytes long`);
  } catch (error) {
    return unusable(reasonOf(errorCode(error)));
  } finally {
    closeSync(file);
  }
}

function faultOf(status: Stats): string | null {
  if (!status.isFile()) return 'is not a file';
  if (status.uid !== (process.geteuid?.() ?? status.uid)) return 'belongs to another user';
  // Windows has no such bits: Node makes them up there.
  const isOpen = process.platform !== 'win32' && (status.mode & OPEN_TO_OTHERS) !== 0;
  return isOpen ? 'is open to other users' : null;
}

/** The file appears with all of its bytes or not at all; of several processes at once, one makes it. */
function writeNewKey(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomUUID()}`;
  try {
    writeFileSync(temporary, randomBytes(KEY_BYTES), { flag: 'wx', mode: 0o600 });
    putInPlace(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
}

function putInPlace(temporary: string, path: string): void {
  try {
    linkSync(temporary, path);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return;
    // Some file systems have no hard links. The last one wins there; what others sealed meanwhile is a miss.
    renameSync(temporary, path);
  }
}

function reasonOf(code: string): string {
  return code === 'ELOOP' ? 'is a link' : `cannot be read (${code})`;
}
