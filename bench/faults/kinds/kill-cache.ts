import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { verifyCache } from '../../../src/cache/maintain.js';
import type { Job, Outcome } from '../../../test/integration/cache/processes.fixture.js';
import { TEST_KEY } from '../../../test/support/cache-keys.js';
import { buildCacheWriter } from '../cache-writer.js';
import type { FaultKind } from '../fault.js';
import { momentIn } from '../random.js';

const MOMENTS = { quick: 6, whole: 40 };
const NAMES = 40;
const HOURS_MS = 2 * 60 * 60_000;

/** A process that looks names up and keeps them; all of them share one cache. */
export const killCache: FaultKind = {
  name: 'kill-cache',
  fault: 'kill -9 at a random moment of writing the cache',
  run: async (size, count) => {
    const script = await buildCacheWriter();
    const dir = mkdtempSync(path.join(tmpdir(), 'phantom-guard-faults-cache-'));
    const jobOf = (prefix: string): Job => ({ dir, prefix, rounds: 3, names: NAMES });
    const whole = async (prefix: string): Promise<Outcome> => {
      const { stdout } = await promisify(execFile)(process.execPath, [script, JSON.stringify(jobOf(prefix))]);
      return JSON.parse(stdout) as Outcome;
    };
    try {
      const startMs = performance.now();
      await whole('zq-quiet');
      const durationMs = performance.now() - startMs;
      for (let index = 0; index < MOMENTS[size]; index++) {
        const child = spawn(process.execPath, [script, JSON.stringify(jobOf(`zq-${index}`))], {
          stdio: 'ignore',
        });
        const exited = once(child, 'exit');
        await sleep(momentIn(durationMs));
        child.kill('SIGKILL');
        await exited;
        count.injected++;
        if (index % 4 !== 3 && index + 1 < MOMENTS[size]) continue;
        const { wrong, problems } = await whole(`zq-after-${index}`);
        count.look(
          'verdicts',
          wrong.length === 0,
          `other facts than were written: ${wrong.slice(0, 3).join(', ')}`,
        );
        count.look('next', JSON.stringify(problems) === '[]', JSON.stringify(problems));
      }
      const { corrupt } = await verifyCache(dir, ageTemporaries(dir), TEST_KEY);
      const bad = corrupt.filter(({ problem }) => problem !== 'index-line');
      count.look('next', bad.length === 0, JSON.stringify(bad.slice(0, 3)));
      count.look('leftovers', temporariesIn(dir).length === 0, temporariesIn(dir).join(', '));
    } finally {
      for (const folder of [dir, path.dirname(script)]) rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** What a killed writer has left is removed when it is an hour old: no writer takes so long. @returns the time */
function ageTemporaries(dir: string): number {
  const then = new Date(Date.now() - HOURS_MS);
  for (const file of temporariesIn(dir)) utimesSync(file, then, then);
  return Date.now();
}

function temporariesIn(dir: string): readonly string[] {
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true });
  return entries
    .filter(
      (entry) =>
        entry.isFile() && entry.parentPath.split(path.sep).includes('tmp', dir.split(path.sep).length),
    )
    .map((entry) => path.join(entry.parentPath, entry.name));
}
