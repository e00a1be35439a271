import { readdirSync, statSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { findImitations } from '../src/names/find-imitations.js';
import { loadNameData } from '../src/names/load-name-data.js';
import type { NameData } from '../src/names/name-data.js';
import { scanBatch } from '../src/names/scan.js';
import { npmTopDownloads, readByDownloads, readHallucinated } from './names/sets.js';
import { quantileOf } from './perf/distribution.js';

/** One name through every technique, in microseconds. */
const HARD_P99_US = 1_000;
/** Both files in memory. */
const HARD_RESIDENT_MB = 12;
/** All of data/ together. */
const HARD_DATA_BYTES = 8_000_000;

const ROUNDS = 5;

/**
 * Times of one name through every technique, and of the data; the best of several rounds, in microseconds,
 * with a floor to compare machines by.
 */
function measureSpeed(strangers: readonly string[], established: readonly string[], data: NameData) {
  const times = strangers.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < ROUNDS; round++) {
    strangers.forEach((name, i) => {
      const start = process.hrtime.bigint();
      findImitations(name, data);
      times[i] = Math.min(times[i] as number, Number(process.hrtime.bigint() - start) / 1000);
    });
  }
  const sorted = [...times].sort((a, b) => a - b);
  return {
    floorNsPerStep: best(() => spin(1e7), 1e7) * 1000,
    findP50: quantileOf(sorted, 0.5),
    findP99: quantileOf(sorted, 0.99),
    findMax: quantileOf(sorted, 1),
    strangersPerSecond:
      1e6 / best(() => strangers.forEach((name) => void findImitations(name, data)), strangers.length),
    establishedPerSecond:
      1e6 / best(() => established.forEach((name) => void findImitations(name, data)), established.length),
    scannedPerSecond: 1e6 / best(() => void scanBatch(strangers, data), strangers.length),
    popularityOf: best(() => established.forEach((name) => void data.popularityOf(name)), established.length),
    existedAtSnapshot: best(
      () => strangers.forEach((name) => void data.existedAtSnapshot(name)),
      strangers.length,
    ),
    loadMs: best(() => void loadNameData(), 1) / 1000,
    loadBothMs: best(() => void loadNameData().existedAtSnapshot('no-name-of-any-package'), 1) / 1000,
  };
}

function best(work: () => void, steps: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const start = process.hrtime.bigint();
    work();
    least = Math.min(least, Number(process.hrtime.bigint() - start) / 1000 / steps);
  }
  return least;
}

/** Dependent multiplications: about four cycles a step on any machine. */
function spin(steps: number): void {
  let value = 1;
  for (let i = 0; i < steps; i++) value = (Math.imul(value, 31) + i) | 0;
  if (value === 0.5) throw new Error('unreachable');
}

/** Growth of the resident set by both data files and what reads them, in megabytes (10⁶ bytes). */
function measureResidentMb(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  const before = process.memoryUsage().rss;
  const data = loadNameData();
  data.existedAtSnapshot('no-name-of-any-package');
  data.popularityOf('express');
  collect();
  return Math.round((process.memoryUsage().rss - before) / 1e5) / 10;
}

// First, while the process is small.
const residentMb = measureResidentMb();
const byDownloads = readByDownloads();
const strangers = [
  ...(readHallucinated() ?? []),
  ...byDownloads.filter((_, i) => i % 150 === 0).map((name) => `${name}q`),
];
console.log(
  `${strangers.length} strangers, ${npmTopDownloads.length} established names; microseconds unless named otherwise`,
);
const speed = measureSpeed(strangers.map(flat), npmTopDownloads.map(flat), loadNameData());
const dataBytes = readdirSync('data').reduce((sum, file) => sum + statSync(`data/${file}`).size, 0);
console.log({ ...speed, dataBytes, residentMb });

// The hard budgets, with --check: they hold on a busy machine, or something is wrong with the code.
const breaches = [
  ...(speed.findP99 < HARD_P99_US ? [] : [`P99 of one name is ${speed.findP99} µs`]),
  ...(residentMb <= HARD_RESIDENT_MB ? [] : [`the data takes ${residentMb} MB`]),
  ...(dataBytes <= HARD_DATA_BYTES ? [] : [`data/ has ${dataBytes} bytes`]),
];
for (const breach of process.argv.includes('--check') ? breaches : []) {
  console.error(breach);
  process.exitCode = 1;
}

/** The text as a string of its own, as it comes out of a lockfile's parser. */
function flat(text: string): string {
  return Buffer.from(text).toString();
}
