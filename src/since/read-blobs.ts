import type { Git } from './git.js';
import { gitFailed } from './since-error.js';

/**
 * The bytes of each blob, as they are in the repository, in the order of the ids.
 *
 * @throws GuardError SINCE_UNUSABLE also when one of them is not there (a partial clone), or all are too large together
 */
export async function readBlobs(git: Git, ids: readonly string[]): Promise<readonly Buffer[]> {
  if (ids.length === 0) return [];
  const input = ids.map((id) => `${id}\n`).join('');
  const { ok, stdout, stderr } = await git.run(['cat-file', '--batch', '--buffer'], input);
  if (!ok) throw gitFailed(stderr);
  let at = 0;
  return ids.map((id) => {
    const end = stdout.indexOf('\n', at);
    const header = stdout.toString('latin1', at, end < 0 ? stdout.length : end);
    const size = /^[0-9a-f]+ blob (\d+)$/.exec(header)?.[1];
    if (size === undefined) throw gitFailed(`the object ${id} is not there`);
    const start = end + 1;
    at = start + Number(size) + 1;
    return stdout.subarray(start, at - 1);
  });
}
