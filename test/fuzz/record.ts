import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TargetResult } from './engine/fuzz-target.js';

/** What a run gave for a target: on which day, with which commit checked out, by which Node. */
export type RecordedTarget = TargetResult & {
  /** ISO 8601. */
  readonly date: string;
  readonly commit: string;
  readonly node: string;
};

export const RECORD_FILE = path.resolve('test/fuzz/recorded.json');

/** What is checked out; to be asked when a run begins, because it may become another one meanwhile. */
export function currentCommit(): string {
  return execFileSync('git', ['rev-parse', '--short=12', 'HEAD'], { encoding: 'utf8' }).trim();
}

/** Writes what a run gave for a target into the record; the other targets stay as they were. */
export function recordResult(result: TargetResult, commit: string): void {
  const recorded = { ...result, date: new Date().toISOString().slice(0, 10), commit, node: process.version };
  const before = existsSync(RECORD_FILE) ? readRecord() : [];
  const all = [...before.filter(({ target }) => target !== result.target), recorded];
  all.sort((a, b) => a.target.localeCompare(b.target, 'en'));
  writeFileSync(RECORD_FILE, `${JSON.stringify(all, null, 2)}\n`);
}

export function readRecord(): readonly RecordedTarget[] {
  return JSON.parse(readFileSync(RECORD_FILE, 'utf8')) as readonly RecordedTarget[];
}
