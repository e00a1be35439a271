import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fillIntegrity } from '../wrap/fill-integrity.js';

/** npm's lockfile, as far as it decides how well an install can be guarded. */
export type LockfileFacts = {
  /** `null` = there is none. */
  readonly file: string | null;
  /** `null` = it does not say. */
  readonly version: number | null;
  /** Keys of entries that npm would fetch, and that have no integrity. */
  readonly withoutIntegrity: readonly string[];
};

/** npm takes the shrinkwrap where both are there. */
const NAMES = ['npm-shrinkwrap.json', 'package-lock.json'];

/** What can't be parsed counts as a lockfile of which nothing is known; reading the tree says what is wrong. */
export async function readLockfileFacts(project: string): Promise<LockfileFacts> {
  for (const name of NAMES) {
    const bytes = await readFile(path.join(project, name)).catch(() => null);
    if (bytes !== null) return factsOf(name, bytes);
  }
  return { file: null, version: null, withoutIntegrity: [] };
}

function factsOf(file: string, bytes: Buffer): LockfileFacts {
  try {
    const { lockfileVersion } = JSON.parse(bytes.toString('utf8')) as { readonly lockfileVersion?: unknown };
    const { missing } = fillIntegrity(bytes, new Map());
    return {
      file,
      version: typeof lockfileVersion === 'number' ? lockfileVersion : null,
      withoutIntegrity: missing,
    };
  } catch {
    return { file, version: null, withoutIntegrity: [] };
  }
}
