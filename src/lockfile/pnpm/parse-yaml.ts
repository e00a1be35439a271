import type { YAMLException } from 'js-yaml';
import { GuardError } from '../../errors.js';
import { duplicateKey, type LockfileText } from '../lockfile-error.js';
import type { Fail } from '../shape.js';
import { AliasLimit } from './alias-limit.js';
import { readPlainYaml } from './plain-yaml/read-plain-yaml.js';

/**
 * Every document of a YAML text; js-yaml is loaded only for what isn't of the plain form of pnpm's own files.
 *
 * @throws GuardError LOCKFILE_DUPLICATE_KEY, else what `fail` makes, with the position
 */
export async function parseYaml({ text, file }: LockfileText, fail: Fail): Promise<readonly unknown[]> {
  const plain = readPlainYaml(text);
  if (plain !== null) return plain;
  const { default: yaml } = await import('js-yaml');
  try {
    const limit = new AliasLimit(fail);
    const documents = yaml.loadAll(text, null, { listener: limit.note });
    limit.assertSmall(documents);
    return documents;
  } catch (error) {
    if (error instanceof GuardError) throw error;
    if (!(error instanceof yaml.YAMLException)) throw fail('not valid YAML', error);
    const position = positionOf(error);
    if (error.reason === 'duplicated mapping key') throw duplicateKey(file, null, position);
    throw fail(`not valid YAML at ${position}: ${error.reason}`, error);
  }
}

function positionOf({ mark }: YAMLException): string {
  return `${(mark?.line ?? 0) + 1}:${(mark?.column ?? 0) + 1}`;
}
