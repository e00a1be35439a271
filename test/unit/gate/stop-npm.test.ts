import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type NpmProcess, startOf } from '../../../src/gate/npm-process.js';
import { stopNpm } from '../../../src/gate/stop-npm.js';

/** In the place of npm: says its id, and on SIGTERM that it rolls back. */
const NPM = `trap 'echo rolled back; exit' TERM; echo $$; for turn in $(seq 600); do sleep 0.05; done`;

/** @param redirection what the user's shell does with its stderr */
async function startNpm(redirection: string) {
  const child = spawn('/bin/sh', ['-c', `sh -c "$0" ${redirection}`, NPM], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let said = '';
  child.stdout.setEncoding('utf8');
  const ended = new Promise((resolve) => {
    child.on('close', resolve);
  });
  const pid = await new Promise<number>((resolve) => {
    child.stdout.on('data', (text: string) => {
      said += text;
      if (said.includes('\n')) resolve(Number.parseInt(said, 10));
    });
  });
  const npm: NpmProcess = { pid, started: startOf(pid) ?? '', boot: '-' };
  return { npm, said: () => said.split('\n').slice(1, -1), ended };
}

describe.runIf(process.platform === 'linux')('the end of an install behind an optional script', () => {
  it('is told where npm itself writes, and npm rolls back', async () => {
    const { npm, said, ended } = await startNpm('2>&1 | cat');
    stopNpm(npm, 'BLOCKED  zq-widget\n');
    await ended;
    expect(said()).toEqual(['BLOCKED  zq-widget', 'rolled back']);
  });

  it('is not written into a file that npm writes to', async () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'phantom-guard-stderr-')), 'log');
    const { npm, said, ended } = await startNpm(`2> '${file}'`);
    stopNpm(npm, 'BLOCKED  zq-widget\n');
    await ended;
    expect([said(), readFileSync(file, 'utf8')]).toEqual([['rolled back'], '']);
  });

  it('comes to no other process that has got the id, nor to one that nobody can tell', async () => {
    const { npm, said, ended } = await startNpm('2>&1 | cat');
    for (const started of ['1', '-']) stopNpm({ ...npm, started }, 'BLOCKED  other\n');
    stopNpm(npm, 'BLOCKED  zq-widget\n');
    await ended;
    expect(said()).toEqual(['BLOCKED  zq-widget', 'rolled back']);
  });
});
