// The `preinstall` script of a guarded project: finds the guard and runs `phantom-guard-install preinstall`.
//
// A clean clone has no node_modules yet, so this file needs nothing but Node 18 and lies in the project itself. It looks
// in the project's node_modules, then in the user's install, then for the version and integrity that
// phantom-guard.lock.json records; where there is no guard it exits with 2, which ends the install.
'use strict';

const { spawnSync } = require('node:child_process');
const { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } =
  require('node:fs');
const { homedir } = require('node:os');
const { isAbsolute, join, relative, sep } = require('node:path');

const NAME = 'phantom-guard-install';
const RECORD = 'phantom-guard.lock.json';

function guardHome() {
  const chosen = process.env.PHANTOM_GUARD_HOME || '';
  return isAbsolute(chosen) ? chosen : join(homedir(), '.local', 'share', 'phantom-guard');
}

/** The command line of the guard below `directory`, or null. What is linked in from elsewhere does not count. */
function guardIn(directory) {
  try {
    const folder = realpathSync(join(directory, 'node_modules', NAME));
    const path = relative(realpathSync(directory), folder);
    if (path.startsWith(`..${sep}`) || isAbsolute(path)) return null;
    const { name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const cli = join(folder, 'dist', 'cli.js');
    return name === NAME && existsSync(cli) ? cli : null;
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
  return fail(`${RECORD} names no exact version with its sha512 integrity`);
}

/**
 * Installs the recorded version for this user, without scripts. npm checks the integrity, as for any lockfile; the
 * guard has no dependencies. The folder gets its name when it is complete.
 */
function installPinned({ version, integrity }) {
  const home = join(guardHome(), 'pinned');
  const place = join(home, version);
  const there = guardIn(place);
  if (there !== null && lockedIntegrity(place) === integrity) return there;
  const npm = process.env.npm_execpath || '';
  if (!/npm-cli\.js$/.test(npm)) return null;
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const staging = mkdtempSync(join(home, 'new-'));
  const dependencies = { [NAME]: version };
  const root = { name: 'pinned-guard', version: '1.0.0', private: true, dependencies };
  const packages = { '': root, [`node_modules/${NAME}`]: { version, integrity } };
  writeFileSync(join(staging, 'package.json'), JSON.stringify(root));
  writeFileSync(
    join(staging, 'package-lock.json'),
    JSON.stringify({ name: root.name, version: root.version, lockfileVersion: 3, requires: true, packages }),
  );
  const words = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', staging];
  const env = { ...process.env, npm_config_global: '', npm_config_location: '' };
  spawnSync(process.execPath, [npm, ...words], { cwd: staging, env, stdio: ['ignore', 2, 2] });
  if (guardIn(staging) !== null) {
    rmSync(place, { recursive: true, force: true });
    renameSync(staging, place);
  } else rmSync(staging, { recursive: true, force: true });
  return guardIn(place);
}

function lockedIntegrity(place) {
  try {
    const { packages } = JSON.parse(readFileSync(join(place, 'package-lock.json'), 'utf8'));
    return packages[`node_modules/${NAME}`].integrity;
  } catch {
    return null;
  }
}

function fail(why) {
  process.stderr.write(
    `${NAME}: ${why}, so nothing could be judged and the install ends here.\n` +
      `Run this once, then install again:\n  npm install --ignore-scripts --prefix "${guardHome()}" ${NAME}\n`,
  );
  return process.exit(2);
}

function findGuard() {
  const here = process.cwd();
  const found = guardIn(here) ?? guardIn(guardHome());
  if (found !== null) return found;
  const record = readRecord(here);
  return record === null ? null : installPinned(record);
}

const cli = findGuard() ?? fail('the guard of this project is not installed');
const { status, error } = spawnSync(process.execPath, [cli, 'preinstall', ...process.argv.slice(2)], {
  stdio: ['ignore', 2, 2],
});
if (error !== undefined) process.stderr.write(`${NAME}: ${error.message}\n`);
process.exitCode = status ?? 2;
