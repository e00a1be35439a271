// The hooks of a project that has the guard as a config dependency: those of .phantom-guard/pnpmfile.cjs, with the guard
// that lies in this package. Loading it never throws: pnpm 10.34 would hang.
'use strict';

const { existsSync } = require('node:fs');
const Module = require('node:module');
const { isAbsolute, join, resolve } = require('node:path');
const guardHooks = require('./hooks/pnpmfile.cjs');

const ENTRY = join(__dirname, 'pnpmfile.cjs');
/** Where pnpm has it in a project. */
const PLACE = /^(.+)[\\/]node_modules[\\/]\.pnpm-config[\\/]pnpm-plugin-phantom-guard[\\/]pnpmfile\.cjs$/;
/** Which of them pnpm 12 would load, best first. */
const DEFAULT_FILES = ['.pnpmfile.mjs', '.pnpmfile.cjs'];

/**
 * The paths by which pnpm asked for this package: pnpm 11 and 12 keep it in the store and a link to it in the project,
 * which may be elsewhere than the current folder (`-C`).
 */
function requestedPaths() {
  const resolved = Object.entries(Module._pathCache ?? {});
  return [ENTRY, ...resolved.filter(([, file]) => file === ENTRY).map(([key]) => key.split('\0')[0])];
}

function projectFolder() {
  for (const path of requestedPaths()) {
    const folder = PLACE.exec(path)?.[1];
    if (folder !== undefined && isAbsolute(folder)) return folder;
  }
  return null;
}

/**
 * pnpm 12 asks once before it chooses the files of hooks. From late 12 on the list has this one; before, it knows plugins
 * for this question only, and calls their hooks where the list says so.
 */
function listed(config, directory) {
  if (process.argv[1] !== undefined || config?.ignorePnpmfile === true || directory === null) return config;
  const named = [config.pnpmfile ?? []].flat();
  if (named.some((file) => PLACE.test(resolve(directory, file)))) return config;
  const ofUser =
    named.length > 0 ? named : DEFAULT_FILES.filter((file) => existsSync(join(directory, file))).slice(0, 1);
  const own = join('node_modules', '.pnpm-config', 'pnpm-plugin-phantom-guard', 'pnpmfile.cjs');
  return { ...config, pnpmfile: [...ofUser, own].map((file) => resolve(directory, file)) };
}

const directory = projectFolder();
const made = guardHooks(directory, { entry: join(__dirname, 'dist', 'pnpm-hook.js') });

module.exports = { ...made, hooks: { ...made.hooks, updateConfig: (config) => listed(config, directory) } };
