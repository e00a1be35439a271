import type { Git } from './git.js';
import { noCommit, unknownRef } from './since-error.js';

/**
 * The id of the commit that `ref` names.
 *
 * @throws GuardError SINCE_UNUSABLE
 */
export async function resolveCommit(git: Git, ref: string): Promise<string> {
  if (ref === '' || ref.startsWith('-')) throw unknownRef(ref, false);
  const id = await git.objectId(ref);
  // Of the id, not of the ref: in `HEAD:name` and `:/text` all that follows is a path or a text.
  const commit = id === null ? null : await git.objectId(`${id}^{commit}`);
  if (commit !== null) return commit;
  if (id !== null && (await git.objectId(`${id}^{object}`)) !== null) throw noCommit(ref);
  const { stdout } = await git.run(['rev-parse', '--is-shallow-repository']);
  throw unknownRef(ref, stdout.toString('latin1').trim() === 'true');
}
