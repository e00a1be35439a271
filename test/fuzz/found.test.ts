import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { judgeAgain } from './engine/judge-run.js';
import { readInputs } from './engine/store.js';
import { TARGETS } from './targets/index.js';

const FOUND = path.resolve(import.meta.dirname, 'found');
const found = TARGETS.flatMap((target) =>
  readInputs(path.join(FOUND, target.name)).map(([name, input]) => ({
    target,
    input,
    where: `${target.name}/${name}`,
  })),
);

describe('what the fuzzer has found', () => {
  it.each(found)('is read or refused, within the limits: $where', async ({ target, input }) => {
    expect((await judgeAgain(target, input)).fault).toBeNull();
  });

  it('has a target that reads it', () => {
    const names = new Set(TARGETS.map(({ name }) => name));
    const folders = existsSync(FOUND) ? readdirSync(FOUND) : [];
    expect(folders.filter((name) => !names.has(name))).toEqual([]);
  });
});

describe('the seeds of a target', () => {
  it.each(TARGETS)('are read: $name', async (target) => {
    const seeds = target.seeds().map((seed) => Buffer.from(seed));
    expect(seeds.length).toBeGreaterThan(0);
    for (const seed of seeds) expect((await judgeAgain(target, seed)).fault).toBeNull();
    // At least one gets to the end: a target that refuses all would look at nothing.
    const outcomes = await Promise.allSettled(seeds.map(async (seed) => await target.run(seed)));
    expect(outcomes.map(({ status }) => status)).toContain('fulfilled');
  });
});
