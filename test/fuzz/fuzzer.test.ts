import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildBundles } from './engine/build-bundles.js';
import { fuzzTarget, type TargetResult } from './engine/fuzz-target.js';
import type { FuzzBundles } from './engine/run-child.js';
import { readInputs } from './engine/store.js';
import { readRecord } from './record.js';
import { TARGETS } from './targets/index.js';

vi.setConfig({ testTimeout: 240_000 });

const CACHE = path.resolve('node_modules/.cache');
let folder = '';
let bundles: FuzzBundles;

beforeAll(async () => {
  mkdirSync(CACHE, { recursive: true });
  folder = mkdtempSync(path.join(CACHE, 'fuzzer-test-'));
  bundles = await buildBundles(folder, 'test/fuzz/planted-targets.ts');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Fuzzed = TargetResult & { readonly stored: readonly string[] };

async function fuzzed(target: string, inputs: number, silenceMs = 30_000): Promise<Fuzzed> {
  const place = mkdtempSync(path.join(tmpdir(), 'phantom-guard-fuzzer-'));
  const job = { target, inputs, seed: 1, work: path.join(place, 'work'), found: path.join(place, 'found') };
  const result = await fuzzTarget(job, bundles, { heapMb: 60, silenceMs });
  return { ...result, stored: readInputs(job.found).map(([, input]) => input.toString('latin1')) };
}

describe('the fuzzer', () => {
  it('comes to a fault letter by letter, led by what has run, and makes the input small', async () => {
    const { findings, stored, corpus } = await fuzzed('deep', 60_000);
    expect(findings).toEqual([expect.stringMatching(/^error: Error: the word is there/)]);
    expect(stored).toEqual(['zq{"']);
    expect(corpus).toBeGreaterThan(3);
  });

  it('finds a hang from outside and goes on', async () => {
    const { findings, stored, inputs } = await fuzzed('hang', 2000, 2000);
    expect(findings[0]).toMatch(/^hang: no answer for 2000 ms/);
    expect(stored[0]).toContain('hang');
    expect(inputs).toBeGreaterThan(1);
  });

  it('finds what needs more memory than it may', async () => {
    const { findings, stored } = await fuzzed('memory', 300);
    expect(findings[0]).toMatch(/^crash: FATAL ERROR.*heap/);
    expect(stored[0]).toContain('memory');
  });

  it('finds what takes too long', async () => {
    const { findings } = await fuzzed('slow', 1);
    expect(findings).toEqual([expect.stringMatching(/^slow: \d+ ms/)]);
  });

  it('finds nothing where nothing is wrong, and counts what it tried', async () => {
    const { findings, inputs, stored } = await fuzzed('sound', 3000);
    expect({ findings, inputs, stored }).toEqual({ findings: [], inputs: 3000, stored: [] });
  });
});

describe('the record of the fuzzer', () => {
  it('holds every target, at least a million inputs and no finding', () => {
    const results = readRecord();
    expect(results.map(({ target }) => target).sort()).toEqual(TARGETS.map(({ name }) => name).sort());
    expect(results.reduce((sum, { inputs }) => sum + inputs, 0)).toBeGreaterThanOrEqual(1_000_000);
    expect(results.flatMap(({ findings }) => findings)).toEqual([]);
  });
});
