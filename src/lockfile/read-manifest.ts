import { type Manifest, parseManifest } from './manifest.js';
import { readTextIfPresent } from './read-text.js';

/**
 * Reads a package.json; `null` when there is none.
 *
 * @throws GuardError MANIFEST_UNREADABLE, INPUT_UNREADABLE, INPUT_TOO_LARGE
 */
export async function readManifest(path: string): Promise<Manifest | null> {
  const input = await readTextIfPresent(path);
  return input === null ? null : parseManifest(input);
}
