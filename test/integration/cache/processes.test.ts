import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyCache } from '../../../src/cache/maintain.js';
import { TEST_KEY } from '../../support/cache-keys.js';
import { NOW_MS, namesOf } from '../../unit/cache/support.js';
import type { Job, Outcome } from './processes.fixture.js';
import { look, withDirectory } from './support.js';

const ROUNDS = 3;
const NAMES = 40;
let folder = '';
let script = '';

beforeAll(async () => {
  folder = await mkdtemp(join(await realpath(tmpdir()), 'phantom-cache-script-'));
  script = join(folder, 'script.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'processes.fixture.ts')],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const jobOf = (dir: string, prefix: string): Job => ({ dir, prefix, rounds: ROUNDS, names: NAMES });

async function inProcess(job: Job): Promise<Outcome> {
  const { stdout } = await promisify(execFile)(process.execPath, [script, JSON.stringify(job)]);
  return JSON.parse(stdout);
}

async function inThread(job: Job): Promise<Outcome> {
  const [outcome] = await once(new Worker(script, { workerData: job }), 'message');
  return outcome;
}

describe('one cache for several processes and threads', () => {
  it('tears nothing and loses nothing', async () => {
    await withDirectory(async (dir) => {
      const prefixes = ['zq-p1', 'zq-p2', 'zq-p3', 'zq-t1', 'zq-t2'];
      const outcomes = await Promise.all(
        prefixes.map((prefix) => (prefix.includes('-p') ? inProcess : inThread)(jobOf(dir, prefix))),
      );
      for (const outcome of outcomes) expect(outcome).toEqual({ wrong: [], problems: [] });
      const all = prefixes.flatMap((prefix) =>
        Array.from({ length: ROUNDS }, (_, round) => namesOf(NAMES, `${prefix}-${round}-`)).flat(),
      );
      expect((await look(dir, all)).asked).toEqual([]);
      expect((await verifyCache(dir, NOW_MS, TEST_KEY)).corrupt).toEqual([]);
      expect((await look(dir, all)).asked).toEqual([]);
    });
  });

  it('serves only sound facts after writers were killed', async () => {
    await withDirectory(async (dir) => {
      for (const delayMs of [90, 120, 150, 180, 220, 260]) {
        const child = spawn(process.execPath, [script, JSON.stringify(jobOf(dir, `zq-${delayMs}`))], {
          stdio: 'ignore',
        });
        const exited = once(child, 'exit');
        await sleep(delayMs);
        child.kill('SIGKILL');
        await exited;
      }
      const after = await inProcess(jobOf(dir, 'zq-after'));
      expect(after).toEqual({ wrong: [], problems: [] });
      const { corrupt } = await verifyCache(dir, NOW_MS, TEST_KEY);
      expect(corrupt.filter(({ problem }) => problem !== 'index-line')).toEqual([]);
    });
  });
});
