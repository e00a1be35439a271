import { lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { devNull } from 'node:os';
import { digestOf } from './digest.js';
import type { Input } from './input.js';
import { lockfileNames } from './lockfile-names.js';
import { mayBeEndless } from './may-be-endless.js';
import { visibleFolders } from './visible-folders.js';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The digest that an input has now.
 *
 * @throws errors of the file system other than that nothing is there; Error for a file that is no regular one
 */
export function currentDigest({ kind, name }: Pick<Input, 'kind' | 'name'>, env: Env): string | null {
  switch (kind) {
    case 'file':
      return isNothing(name) ? null : digestOf(readRegular(name));
    case 'stamp':
      return stampOf(name);
    case 'place':
      return isNothing(name) ? null : digestOf(realpathSync(name));
    case 'folders':
      return digestOfNames(visibleFolders(name));
    case 'lockfiles':
      return digestOfNames(lockfileNames(name));
    case 'variable':
      return env[name] === undefined ? null : digestOf(env[name]);
  }
}

/** A link to nothing is something. */
function isNothing(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) === undefined;
}

function readRegular(path: string): Uint8Array {
  if (path === devNull) return new Uint8Array();
  if (!statSync(path).isFile() || mayBeEndless(path)) throw new Error(`${path} is no regular file`);
  return readFileSync(path);
}

export function stampOf(path: string): string | null {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? null : `${found.size} ${found.mtimeMs}`;
}

export function digestOfNames(names: readonly string[] | null): string | null {
  return names === null ? null : digestOf(names.toSorted().join('/'));
}
