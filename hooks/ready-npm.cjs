// npm, started while the guard still judges: it loads npm's modules, waits for its orders, and is npm from then on.
//
//   node ready-npm.cjs NPM [ARGUMENTS]     NPM: the program on the PATH; the arguments are those of the orders, if known
//
// Of the project nothing is read before the orders have come: a JSON document on descriptor 3 that says in which folder,
// with which further variables and with which arguments npm runs. No orders, no npm.
'use strict';

const { readFileSync, realpathSync, writeSync } = require('node:fs');
const Module = require('node:module');

const ORDERS = 3;
// What every command that installs loads sooner or later; each brings most of the next.
const MODULES = [
  '../lib/npm.js',
  '@npmcli/arborist',
  '../lib/commands/install.js',
  '../lib/commands/ci.js',
  '../lib/utils/reify-finish.js',
];

const [program, ...words] = process.argv.slice(2);
const cli = realpathSync(program);
process.argv = [process.execPath, program, ...words];
loadModules();

const orders = readOrders();
if (orders === null) process.exit(1);
// The guard starts npm itself where nobody says this.
writeSync(ORDERS, '1');
process.chdir(orders.cwd);
Object.assign(process.env, orders.env);
process.argv = [process.execPath, program, ...orders.args];
// As Node runs a program: `require.main` is npm's own file.
Module._load(cli, null, true);

function loadModules() {
  const load = Module.createRequire(cli);
  try {
    // npm does both first thing; what is loaded before would have the unpatched functions.
    Module.enableCompileCache?.();
    const gracefulFs = load('graceful-fs');
    const { gracefulify } = gracefulFs;
    const fs = gracefulify(require('node:fs'));
    gracefulFs.gracefulify = (other) => (other === fs ? fs : gracefulify(other));
    for (const name of MODULES) load(name);
  } catch {
    // Another layout of npm: it loads what it needs itself.
  }
}

/** `null` where the guard has ended, or doesn't want npm to run. */
function readOrders() {
  try {
    return JSON.parse(readFileSync(ORDERS, 'utf8'));
  } catch {
    return null;
  }
}
