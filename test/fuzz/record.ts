import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TargetResult } from './engine/fuzz-target.js';

export type FuzzRecord = {
  /** Of the last run that is in it: ISO 8601, and the commit that was checked out. */
  readonly date: string;
  readonly commit: string;
  readonly node: string;
  readonly results: readonly TargetResult[];
};

export const RECORD_FILE = path.resolve('test/fuzz/recorded.json');

/** Writes what a run gave into the record; targets that it did not run stay as they were. */
export function recordResults(results: readonly TargetResult[]): void {
  const before: readonly TargetResult[] = existsSync(RECORD_FILE) ? readRecord().results : [];
  const isNew = new Set(results.map(({ target }) => target));
  const all = [...before.filter(({ target }) => !isNew.has(target)), ...results];
  const record: FuzzRecord = {
    date: new Date().toISOString().slice(0, 10),
    commit: execFileSync('git', ['rev-parse', '--short=12', 'HEAD'], { encoding: 'utf8' }).trim(),
    node: process.version,
    results: all.toSorted((a, b) => a.target.localeCompare(b.target, 'en')),
  };
  writeFileSync(RECORD_FILE, `${JSON.stringify(record, null, 2)}\n`);
}

export function readRecord(): FuzzRecord {
  return JSON.parse(readFileSync(RECORD_FILE, 'utf8')) as FuzzRecord;
}
