#!/usr/bin/env node
import { homedir } from 'node:os';
import { accountHome } from './cli/account-home.js';
import { takeCacheSecret } from './cli/cache-secret.js';
import { main } from './cli/main.js';

// Node's deprecations of what bundled libraries call are nothing that a user of the program could act on.
process.noDeprecation = true;

const controller = new AbortController();
process.once('SIGINT', () => controller.abort());
process.once('SIGTERM', () => controller.abort());
/** A reader that goes away early (`| head`) is no failure; a result that can't be written is "could not decide". */
let isLost = false;
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') isLost = true;
    if (isLost) process.exitCode = 2;
  });
}

/** Waits for a slow reader instead of piling up text. */
function writeToStdout(text: string): Promise<void> {
  return new Promise((resolve) => {
    if (process.stdout.write(text)) resolve();
    else process.stdout.once('drain', resolve).once('close', resolve);
  });
}

const { status, signal } = await main(process.argv.slice(2), {
  cwd: process.cwd(),
  cacheSecret: takeCacheSecret(process.env),
  env: process.env,
  home: homedir(),
  accountHome: accountHome(),
  platform: process.platform,
  // Most commands read nothing, and to open it takes as long as half of them.
  get stdin() {
    return process.stdin;
  },
  stdinFd: 0,
  stdout: { isTTY: process.stdout.isTTY, columns: process.stdout.columns, write: writeToStdout },
  stderr: process.stderr,
  nowMs: Date.now,
  elapsedMs: () => performance.now(),
  signal: controller.signal,
});
process.exitCode = isLost ? 2 : status;
// Who waits for us learns of the signal as from the program that we ran.
if (signal !== null) {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}
