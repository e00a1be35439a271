import path from 'node:path';
import semver from 'semver';
import { readTree } from '../lockfile/read-tree.js';
import { npmVersion } from '../wrap/npm-version.js';
import { findProgram } from '../wrap/real-npm.js';
import { fileChange, type Plan } from './change.js';
import { addSetting, npmrcSetting, removeSetting } from './npmrc.js';
import { manifestIn } from './package-root.js';
import { readBytes } from './read-bytes.js';
import { unreviewedScripts } from './unreviewed-scripts.js';
import type { WiredProject } from './wiring.js';

type Part = Pick<Plan, 'changes' | 'notes'>;

const KEY = 'strict-allow-scripts';
/** https://github.com/npm/cli/releases/tag/v11.16.0 */
const KNOWN_SINCE = '11.16.0';
const MOST_NAMES = 10;

/** The setting with which npm ends an install over a script that nobody has allowed; left out where it would end one now. */
export async function planStrictScripts(project: WiredProject): Promise<Part> {
  const file = path.join(project.dir, '.npmrc');
  const bytes = await readBytes(file);
  const present = npmrcSetting(bytes, KEY);
  if (present === 'true') return { changes: [], notes: [] };
  if (present !== null) return left(`.npmrc sets it to ${present}`);
  const program = await findProgram('npm', project.env).catch(() => null);
  const version = program === null ? null : await npmVersion(program, project.dir, project.env);
  if (version === null) return left('no npm was found whose version could be read');
  if (semver.lt(version, KNOWN_SINCE))
    return left(`npm ${version} does not know it (${KNOWN_SINCE} and later do)`);
  const allowed = manifestIn(project.dir)?.['allowScripts'];
  const policy = typeof allowed === 'object' && allowed !== null ? { ...allowed } : {};
  const pending = unreviewedScripts(await readTree(project.dir), policy);
  if (pending === null)
    return left('there is no lockfile (version 2 or later) that tells which packages have scripts');
  if (pending.length > 0) return left(mustBeApproved(pending));
  return { changes: fileChange(file, bytes, addSetting(bytes, KEY, 'true')), notes: [] };
}

/** Takes the setting out where `planStrictScripts` put it in. */
export async function unplanStrictScripts(project: WiredProject): Promise<Part> {
  const file = path.join(project.dir, '.npmrc');
  const bytes = await readBytes(file);
  return { changes: fileChange(file, bytes, removeSetting(bytes, KEY)), notes: [] };
}

function left(why: string): Part {
  return { changes: [], notes: [`${KEY} is not set in .npmrc: ${why}.`] };
}

function mustBeApproved(pending: readonly string[]): string {
  const shown = pending.slice(0, MOST_NAMES).join(', ');
  const more = pending.length > MOST_NAMES ? ` and ${pending.length - MOST_NAMES} more` : '';
  return `these packages have scripts that package.json does not allow or deny yet: ${shown}${more}. Look at them, run "npm approve-scripts NAME" or "npm deny-scripts NAME" for each, then init again`;
}
