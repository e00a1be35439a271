// The `preinstall` script of a guarded project: finds the guard and runs `phantom-guard-install preinstall`.
//
// A clean clone has no node_modules yet, so this file needs nothing but Node 18 and lies in the project itself. It looks
// in the project's node_modules, then in the user's install, then for the version and integrity that
// phantom-guard.lock.json records; where there is no guard it exits with 2, which ends the install. The hooks of pnpm
// (pnpmfile.cjs) find the guard by it too.
'use strict';

const { spawnSync } = require('node:child_process');
const { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } =
  require('node:fs');
const { homedir } = require('node:os');
const { dirname, isAbsolute, join, relative, sep } = require('node:path');

const NAME = 'phantom-guard-install';
const RECORD = 'phantom-guard.lock.json';

function guardHome() {
  const chosen = process.env.PHANTOM_GUARD_HOME || '';
  return isAbsolute(chosen) ? chosen : join(homedir(), '.local', 'share', 'phantom-guard');
}

/** The file `part` of the guard below `directory`, or null. What is linked in from elsewhere does not count. */
function guardIn(directory, part) {
  try {
    const folder = realpathSync(join(directory, 'node_modules', NAME));
    const path = relative(realpathSync(directory), folder);
    if (path.startsWith(`..${sep}`) || isAbsolute(path)) return null;
    const { name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = join(folder, part);
    return name === NAME && existsSync(file) ? file : null;
  } catch {
    return null;
  }
}

/** What `init` recorded for clones: an exact version, and the integrity of its tarball. */
function readRecord(directory) {
  let text;
  try {
    text = readFileSync(join(directory, RECORD), 'utf8');
  } catch {
    return null;
  }
  try {
    const { version, integrity } = JSON.parse(text);
    if (/^\d+\.\d+\.\d+[\w.+-]*$/.test(version) && /^sha512-[A-Za-z0-9+/=]{88}$/.test(integrity))
      return { version, integrity };
  } catch {
    // Told below.
  }
  throw missing(`${RECORD} names no exact version with its sha512 integrity`);
}

/** The npm that runs, else the one that came with this Node: what a PATH names could be the project's own. */
function npmCli() {
  const running = process.env.npm_execpath || '';
  if (isAbsolute(running) && /[\\/]npm-cli\.js$/.test(running) && existsSync(running)) return running;
  const bin = dirname(process.execPath);
  const places = [join(bin, '..', 'lib', 'node_modules'), join(bin, 'node_modules')];
  return places.map((place) => join(place, 'npm', 'bin', 'npm-cli.js')).find((file) => existsSync(file));
}

/**
 * Installs the recorded version for this user, without scripts. npm checks the integrity, as for any lockfile; the
 * guard has no dependencies. The folder gets its name when it is complete.
 */
function installPinned({ version, integrity }, part) {
  const home = join(guardHome(), 'pinned');
  const place = join(home, version);
  const there = guardIn(place, part);
  if (there !== null && lockedIntegrity(place) === integrity) return there;
  const npm = npmCli();
  if (npm === undefined) return null;
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const staging = mkdtempSync(join(home, 'new-'));
  const root = { name: 'pinned-guard', version: '1.0.0', private: true, dependencies: { [NAME]: version } };
  const packages = { '': root, [`node_modules/${NAME}`]: { version, integrity } };
  const lockfile = { name: root.name, version: root.version, lockfileVersion: 3, requires: true, packages };
  writeFileSync(join(staging, 'package.json'), JSON.stringify(root));
  writeFileSync(join(staging, 'package-lock.json'), JSON.stringify(lockfile));
  const words = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', staging];
  spawnSync(process.execPath, [npm, ...words], {
    cwd: staging,
    env: { ...process.env, npm_config_global: '', npm_config_location: '' },
    stdio: ['ignore', 2, 2],
  });
  if (guardIn(staging, part) !== null) {
    rmSync(place, { recursive: true, force: true });
    renameSync(staging, place);
  } else rmSync(staging, { recursive: true, force: true });
  return guardIn(place, part);
}

function lockedIntegrity(place) {
  try {
    const { packages } = JSON.parse(readFileSync(join(place, 'package-lock.json'), 'utf8'));
    return packages[`node_modules/${NAME}`].integrity;
  } catch {
    return null;
  }
}

function missing(why) {
  const error = new Error(`${NAME}: ${why}, so nothing could be judged and the install ends here.`);
  error.hint = `Run this once, then install again:\n  npm install --ignore-scripts --prefix "${guardHome()}" ${NAME}`;
  return error;
}

/** The file `part` (a relative path) of the guard for `directory`. Throws an error with a hint where there is none. */
function findGuard(directory, part) {
  const found = guardIn(directory, part) ?? guardIn(guardHome(), part);
  if (found !== null) return found;
  const record = readRecord(directory);
  const pinned = record === null ? null : installPinned(record, part);
  if (pinned !== null) return pinned;
  throw missing('the guard of this project is not installed');
}

function main() {
  let cli;
  try {
    cli = findGuard(process.cwd(), join('dist', 'cli.js'));
  } catch (error) {
    const hint = error.hint === undefined ? '' : `${error.hint}\n`;
    process.stderr.write(`${error.message}\n${hint}`);
    return 2;
  }
  const { status, error } = spawnSync(process.execPath, [cli, 'preinstall', ...process.argv.slice(2)], {
    stdio: ['ignore', 2, 2],
  });
  if (error !== undefined) process.stderr.write(`${NAME}: ${error.message}\n`);
  return status ?? 2;
}

module.exports = { findGuard };
if (require.main === module) process.exitCode = main();
