import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { devNull } from 'node:os';
import path from 'node:path';
import { tellNotice } from './runner.mjs';

/** A repository that lies in the change could name programs to run; the one of the checkout is the runner's. */
const DISARMED = [
  'core.fsmonitor=false',
  `core.hooksPath=${devNull}`,
  'safe.bareRepository=explicit',
].flatMap((setting) => ['-c', setting]);
const COMMIT = /^[0-9a-f]{40,64}$/;

/**
 * What to compare with; `null` = judge everything. The base of a pull request is fetched where the clone lacks it, and where
 * that fails everything is judged. A ref that the workflow names is taken as it is.
 */
export function chooseSince({ since, base, path: place }) {
  if (since === 'none') return null;
  if (since !== 'auto') return since;
  if (base === null || !COMMIT.test(base)) return null;
  const git = gitIn(isDirectory(place) ? place : path.dirname(place));
  if (git('cat-file', '-e', `${base}^{commit}`)) return base;
  if (git('fetch', '--quiet', '--no-tags', '--no-recurse-submodules', '--depth=1', 'origin', base))
    return base;
  tellNotice(`The base of the pull request (${base}) can't be fetched here, so everything is judged.`);
  return null;
}

function gitIn(directory) {
  return (...args) =>
    spawnSync('git', [...DISARMED, ...args], {
      cwd: directory,
      stdio: 'ignore',
      env: { ...process.env, GIT_TERMINAL_PROMPT: '0' },
    }).status === 0;
}

function isDirectory(place) {
  return statSync(place, { throwIfNoEntry: false })?.isDirectory() === true;
}
