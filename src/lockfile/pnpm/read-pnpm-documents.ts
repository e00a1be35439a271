import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GuardError } from '../../errors.js';
import { assertNoConflict, type LockfileText, unreadableLockfile } from '../lockfile-error.js';
import { isForLockfileFile, parseHeader } from './lockfile-header.js';
import { parseYaml } from './parse-yaml.js';
import { readPlainYaml } from './plain-yaml/read-plain-yaml.js';
import { readsTheSame } from './reads-the-same.js';

/**
 * The documents of a pnpm lockfile: as plain YAML where they are just as pnpm writes them, else through pnpm's own
 * reader where that is complete, else through js-yaml. Which of them is decided by the version and the shape of the file,
 * never by an error.
 *
 * @throws GuardError LOCKFILE_CONFLICT, LOCKFILE_DUPLICATE_KEY, LOCKFILE_UNREADABLE
 */
export async function readPnpmDocuments(input: LockfileText): Promise<readonly unknown[]> {
  assertNoConflict(input);
  const plain = readPlainYaml(input.text);
  if (plain?.every(readsTheSame) === true) return plain;
  if (!isForLockfileFile(parseHeader(input.text)))
    return plain ?? parseYaml(input, unreadableLockfile(input.file));
  // pnpm's reader copies what aliases stand for; no anchor is without this character, and pnpm writes none.
  if (input.text.includes('&')) await parseYaml(input, unreadableLockfile(input.file));
  const { default: lockfileFile } = await import('@pnpm/lockfile-file');
  const folder = await makePrivateFolder(input);
  try {
    return [await lockfileFile.readCurrentLockfile(folder, { ignoreIncompatible: false })];
  } catch (error) {
    const fail = unreadableLockfile(input.file);
    await parseYaml(input, fail);
    const [, reason = ''] = /is broken: (.*)/.exec(String(error)) ?? [];
    throw fail(`pnpm's own reader refuses it: ${reason}`, error);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** pnpm's reader takes a folder, and the file that it reads has to be the very text that was judged here. */
async function makePrivateFolder({ text, file }: LockfileText): Promise<string> {
  try {
    const folder = await mkdtemp(join(tmpdir(), 'phantom-guard-'));
    await writeFile(join(folder, 'lock.yaml'), text, { mode: 0o600 });
    return folder;
  } catch (error) {
    throw new GuardError(
      'INPUT_UNREADABLE',
      `${file} cannot be handed to pnpm's reader: no temporary file can be written in ${tmpdir()}`,
      'Free space there, or set TMPDIR to a folder that this user may write to.',
      error,
    );
  }
}
