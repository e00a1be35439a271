import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { judgeWithWorld } from './judge-with-world.js';
import { type Measured, measure } from './measured.js';
import { atMost, type Scenario } from './scenario.js';

const PLACES = [process.env['EVAL_DIR'], '../shared/eval', '/work/shared/eval'];
const TREES = ['small', 'medium', 'monorepo', 'xl'];
const LOCKFILES = ['package-lock.json', 'pnpm-lock.yaml'];

const REAL_TREES: Pick<Scenario, 'id' | 'what' | 'roc' | 'setting' | 'bounds'> = {
  id: 'trees',
  what: 'every lockfile of ../shared/eval, npm’s configured registry',
  roc: null,
  setting: {},
  bounds: [atMost('blocked', 0), atMost('warned', 0.003)],
};

/**
 * All packages of the real lockfiles, judged today with the registry that npm is configured for (or `registry`) and
 * without download counts; `null` when the lockfiles aren't on this machine.
 */
export async function runTrees(registry: string | null): Promise<Measured | null> {
  const root = PLACES.find((place) => place !== undefined && existsSync(join(place, 'lockfiles')));
  if (root === undefined) return null;
  const cacheDir = mkdtempSync(join(tmpdir(), 'phantom-guard-accuracy-cache-'));
  const startedMs = performance.now();
  const env = Object.fromEntries(
    Object.entries(process.env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
  const verdicts = [];
  try {
    for (const lockfile of TREES.flatMap((tree) =>
      LOCKFILES.map((file) => join(root, 'lockfiles', tree, file)),
    )) {
      const judged = await judgeWithWorld(resolve(lockfile), {
        argv: [
          ...['--downloads-url', 'none', '--cache-dir', cacheDir],
          ...(registry === null ? [] : ['--registry', registry]),
        ],
        env,
        nowMs: Date.now(),
        hidden: null,
      });
      verdicts.push(...judged);
    }
  } finally {
    rmSync(cacheDir, { recursive: true, force: true });
  }
  return measure(REAL_TREES, verdicts, performance.now() - startedMs);
}
