import { rmSync } from 'node:fs';
import path from 'node:path';
import { storeDirOf } from '../../src/cache/store-directory.js';
import { REMEMBERED_FOLDER } from '../../src/remember/remembered.js';
import { type Child, CLI, outputOf } from './child.js';

/** Download counts are no part of what is measured, and their service can't be reached from everywhere. */
const OPTIONS = ['--downloads-url', 'none', '--format', 'json'];

/** `check` of a lockfile (absolute path) as a process, with its facts in `cacheDir`. */
export function checkOf(lockfile: string, cacheDir: string, options: readonly string[] = []): Child {
  return {
    args: [CLI, 'check', lockfile, ...OPTIONS, '--cache-dir', cacheDir, ...options],
    cwd: path.dirname(lockfile),
  };
}

/** The next run judges anew; facts stay. */
export function forgetVerdicts(cacheDir: string): void {
  rmSync(path.join(storeDirOf(cacheDir), REMEMBERED_FOLDER), { recursive: true, force: true });
}

/** What is printed, but for the time that it took. */
type Answer = {
  readonly status: string;
  readonly summary: { readonly packages: number };
  readonly stats: { readonly registryRequests: number; readonly elapsedMs: number };
};

function answerOf(child: Child): Answer {
  return JSON.parse(outputOf(child)) as Answer;
}

/**
 * Runs the check once so that everything is known, and asserts that it then allows all, asks nobody, and says the same
 * when it judges anew and when it remembers. Returns the number of packages.
 *
 * @throws Error where that is not so, or where the registry of the first run was not to be reached
 */
export function prepareCheck(child: Child, cacheDir: string): number {
  outputOf(child);
  forgetVerdicts(cacheDir);
  const [anew, again] = [answerOf(child), answerOf(child)];
  const comparable = ({ stats, ...answer }: Answer): string =>
    JSON.stringify({ ...answer, stats: { ...stats, elapsedMs: 0 } });
  if (anew.status !== 'allowed' || anew.stats.registryRequests !== 0)
    throw new Error(`${child.args.join(' ')}: ${JSON.stringify([anew.status, anew.stats])}`);
  if (comparable(anew) !== comparable(again)) throw new Error('a remembered verdict differs');
  return anew.summary.packages;
}
