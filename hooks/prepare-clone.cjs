// Loaded by NODE_OPTIONS into every npm that the wrapper starts: what npm installs in a clone goes through the guard.
//
// To prepare a git dependency (scripts `prepare`, `build`, `install`, …) npm starts itself in the clone, which installs
// the clone's devDependencies and runs their scripts. No lockfile of the project has them, so nobody has judged them.
'use strict';

const childProcess = require('node:child_process');
const { syncBuiltinESMExports } = require('node:module');
const path = require('node:path');

const { PHANTOM_GUARD_PREPARE: words, PHANTOM_GUARD_NODE_OPTIONS: earlier } = process.env;

if (words !== undefined) {
  // Nobody else is to load this: what npm's scripts start has the user's own options.
  if (earlier) process.env.NODE_OPTIONS = earlier;
  else delete process.env.NODE_OPTIONS;
  delete process.env.PHANTOM_GUARD_PREPARE;
  delete process.env.PHANTOM_GUARD_NODE_OPTIONS;
  const cli = path.join(__dirname, '..', 'dist', 'cli.js');
  const { spawn } = childProcess;
  childProcess.spawn = (file, args, ...rest) =>
    isPreparation(args, rest[0])
      ? spawn(process.execPath, [cli, ...JSON.parse(words), 'npm', ...args.slice(1)], ...rest)
      : spawn(file, args, ...rest);
  syncBuiltinESMExports();
}

/** https://github.com/npm/pacote/blob/main/lib/git.js */
function isPreparation(args, options) {
  return Array.isArray(args) && /npm-cli\.js$/.test(args[0]) && Boolean(options?.env?._PACOTE_NO_PREPARE_);
}
