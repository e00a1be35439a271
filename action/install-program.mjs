import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { ActionError } from './action-error.mjs';
import { withoutCommands } from './runner.mjs';

const NAME = 'phantom-guard-install';
const OPTIONS = ['--ignore-scripts', '--engine-strict', '--no-package-lock', '--no-audit', '--no-fund'];

/**
 * Installs the guard into an empty folder outside of the workspace, so that neither node_modules nor .npmrc of the project says
 * what runs as the guard. The configuration of the runner's user and environment counts. Returns the program's file.
 */
export function installProgram(version, folder) {
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  const { status } = withoutCommands(() =>
    spawnSync('npm', ['install', ...OPTIONS, `${NAME}@${version}`], {
      cwd: folder,
      stdio: ['ignore', 'inherit', 'inherit'],
      // npm is a script there, which only a shell can start; every word above is ours or an exact version.
      shell: process.platform === 'win32',
    }),
  );
  if (status !== 0) throw new ActionError(`${NAME}@${version} could not be installed; npm says why above`);
  return path.join(folder, 'node_modules', NAME, 'dist', 'cli.js');
}
