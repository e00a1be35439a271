import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assertNoConflict, type LockfileText, unreadableLockfile } from '../lockfile-error.js';
import { isForLockfileFile, parseHeader } from './lockfile-header.js';
import { parseYaml } from './parse-yaml.js';

/**
 * The documents of a pnpm lockfile: through pnpm's own reader where that is complete, else as plain YAML. Which of
 * them is decided by the version and the shape of the file, never by an error.
 *
 * @throws GuardError LOCKFILE_CONFLICT, LOCKFILE_DUPLICATE_KEY, LOCKFILE_UNREADABLE
 */
export async function readPnpmDocuments(input: LockfileText): Promise<readonly unknown[]> {
  assertNoConflict(input);
  if (!isForLockfileFile(parseHeader(input.text))) return parseYaml(input, unreadableLockfile(input.file));
  const { readCurrentLockfile } = await import('@pnpm/lockfile-file');
  const folder = await mkdtemp(join(tmpdir(), 'phantom-guard-'));
  try {
    await writeFile(join(folder, 'lock.yaml'), input.text, { mode: 0o600 });
    return [await readCurrentLockfile(folder, { ignoreIncompatible: false })];
  } catch (error) {
    const fail = unreadableLockfile(input.file);
    await parseYaml(input, fail);
    throw fail('pnpm cannot read it', error);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
