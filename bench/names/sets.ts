import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { npmTopDownloads } from 'npm-high-impact';

const EVALUATION = [process.env['EVAL_DIR'], '../shared/eval', '/work/shared/eval'];

/** Names that models invented; `null` when the evaluation data isn't on this machine. */
export function readHallucinated(): string[] | null {
  const directory = EVALUATION.find(
    (place) => place !== undefined && existsSync(join(place, 'hallucinated.tsv')),
  );
  if (directory === undefined) return null;
  const [, ...lines] = readFileSync(join(directory, 'hallucinated.tsv'), 'utf8').trim().split('\n');
  return lines.map((line) => line.split('\t')[0] ?? '');
}

/** The names of the snapshot, most downloaded first. */
export function readByDownloads(): string[] {
  const path = createRequire(import.meta.url).resolve('download-counts');
  const counts: Record<string, number> = JSON.parse(readFileSync(path, 'utf8'));
  return Object.entries(counts)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([name]) => name);
}

export { npmTopDownloads };

/** A seeded generator of numbers in [0, 1) (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
