// Runs shell commands two at a time and prints what each said when it has ended: node scripts/side-by-side.mjs COMMAND…
// Status 1 where one of them failed, or there is none; a command that fails stops no other one.
import { spawn } from 'node:child_process';

const LANES = 2;
const waiting = process.argv.slice(2);
const failed = [];

/** Resolves with how it ended, and its streams in one, in the order in which things were said. */
function run(command) {
  const child = spawn('/bin/sh', ['-c', `exec 2>&1; ${command}`], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said = [];
  child.stdout.on('data', (chunk) => said.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) =>
      resolve({ end: status ?? signal, said: Buffer.concat(said).toString('utf8') }),
    );
  });
}

async function work() {
  for (let command = waiting.shift(); command !== undefined; command = waiting.shift()) {
    const startMs = performance.now();
    const { end, said } = await run(command);
    const seconds = Math.round((performance.now() - startMs) / 1000);
    console.log(`\n$ ${command}   # ${end === 0 ? 'passed' : `FAILED with ${end}`}, ${seconds} s\n${said}`);
    if (end !== 0) failed.push(command);
  }
}

if (waiting.length === 0) process.exitCode = 1;
await Promise.all(Array.from({ length: LANES }, work));
for (const command of failed) console.error(`failed: ${command}`);
if (failed.length > 0) process.exitCode = 1;
