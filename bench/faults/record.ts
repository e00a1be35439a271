import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Check } from './fault.js';

/** What one kind of fault gave. */
export type FaultResult = {
  readonly name: string;
  readonly fault: string;
  readonly injected: number;
  /** Verdicts that could not be made under faults. */
  readonly undecided: number;
  /** How often it was looked at whether it holds. */
  readonly checks: Readonly<Partial<Record<Check, number>>>;
  /** At most twenty. */
  readonly failures: readonly string[];
  readonly seconds: number;
};

export type FaultRecord = {
  /** Of the last run that is in it: ISO 8601, and the commit that was checked out. */
  readonly date: string;
  readonly commit: string;
  readonly node: string;
  readonly results: readonly FaultResult[];
};

export const RECORD_FILE = path.resolve('bench/faults/recorded.json');

/** Writes a result into the record; the others stay as they were. */
export function recordResult(result: FaultResult, commit: string): void {
  const before = existsSync(RECORD_FILE) ? readFaultRecord().results : [];
  const record: FaultRecord = {
    date: new Date().toISOString().slice(0, 10),
    commit,
    node: process.version,
    results: [...before.filter(({ name }) => name !== result.name), result].toSorted((a, b) =>
      a.name.localeCompare(b.name, 'en'),
    ),
  };
  writeFileSync(RECORD_FILE, `${JSON.stringify(record, null, 2)}\n`);
}

export function readFaultRecord(): FaultRecord {
  return JSON.parse(readFileSync(RECORD_FILE, 'utf8')) as FaultRecord;
}
