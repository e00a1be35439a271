import path from 'node:path';
import { readBytes } from './read-bytes.js';

const RELOCK = 'pnpm install --no-frozen-lockfile';

/**
 * What becomes of pnpm-lock.yaml, which holds a checksum of the hooks; nothing where it fits, or is not there.
 *
 * @param isChanged the hooks come or go with this plan
 * @param whose as in "the checksum of the stub"
 */
export async function relockNotes(
  dir: string,
  isChanged: boolean,
  whose: string,
  isUndone = false,
): Promise<readonly string[]> {
  const checksum = await hasChecksum(dir);
  if (isUndone) return isChanged && checksum === true ? [relock(`still has the checksum of ${whose}`)] : [];
  const isStale = checksum === false || (checksum === true && isChanged);
  return isStale ? [relock(`does not have the checksum of ${whose} yet`)] : [];
}

/** Frozen installs compare the checksum of the hooks with the one in the lockfile, on every pnpm from 9 to 12. */
function relock(why: string): string {
  return `pnpm-lock.yaml ${why}: until you run "${RELOCK}" once and commit the file, frozen installs (in CI: all of them) end with ERR_PNPM_LOCKFILE_CONFIG_MISMATCH.`;
}

/** `null` where there is no lockfile. */
async function hasChecksum(dir: string): Promise<boolean | null> {
  const bytes = await readBytes(path.join(dir, 'pnpm-lock.yaml'));
  return bytes === null ? null : /^pnpmfileChecksum:/m.test(bytes.toString('utf8'));
}
