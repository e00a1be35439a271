// Runs shell commands two at a time and prints what each said when it has ended: node scripts/side-by-side.mjs COMMAND…
// Status 1 where one of them failed; the others are run to their end all the same.
import { spawn } from 'node:child_process';

const LANES = 2;
const waiting = process.argv.slice(2);
const failed = [];

/** Resolves with its status, both streams in the order in which they came, and how long it took. */
function run(command) {
  const startMs = performance.now();
  const child = spawn('/bin/sh', ['-c', `exec 2>&1; ${command}`], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said = [];
  child.stdout.on('data', (chunk) => said.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => {
      const seconds = Math.round((performance.now() - startMs) / 1000);
      resolve({ status, said: Buffer.concat(said).toString('utf8'), seconds });
    });
  });
}

async function work() {
  for (let command = waiting.shift(); command !== undefined; command = waiting.shift()) {
    const { status, said, seconds } = await run(command);
    console.log(
      `\n$ ${command}   # ${seconds} s, ${status === 0 ? 'passed' : `FAILED with ${status}`}\n${said}`,
    );
    if (status !== 0) failed.push(command);
  }
}

await Promise.all(Array.from({ length: LANES }, work));
for (const command of failed) console.error(`failed: ${command}`);
if (failed.length > 0) process.exitCode = 1;
