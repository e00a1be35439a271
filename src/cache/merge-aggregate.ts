import type { EpochMs } from '../model/facts.js';
import { type FactTable, MAX_TABLE_BYTES, type TableRow } from './fact-table.js';
import { isFromFuture } from './freshness.js';

/** Most names in an aggregated record: eight times the largest tree that was measured. */
export const MAX_AGGREGATE_NAMES = 20_000;

export type Merged = {
  readonly aggregate: FactTable;
  /** Names that no longer fitted, oldest fetch first out. */
  readonly dropped: readonly string[];
};

/**
 * Both sides' rows, the newer fetch where they disagree. Rows from the future are left out: they would win against
 * every true one. What exceeds the bounds on names or bytes is dropped.
 */
export function mergeAggregate(stored: FactTable, changes: FactTable, nowMs: EpochMs): Merged {
  const rows = new Map<string, TableRow>();
  for (const [name, row] of [...stored, ...changes]) {
    const known = rows.get(name);
    const isNewer = known === undefined || known.fetchedAtMs <= row.fetchedAtMs;
    if (isNewer && !isFromFuture(row.fetchedAtMs, nowMs)) rows.set(name, row);
  }
  return withinBounds(rows);
}

function withinBounds(rows: Map<string, TableRow>): Merged {
  let bytes = 0;
  for (const [name, row] of rows) bytes += rowBytes(name, row);
  if (rows.size <= MAX_AGGREGATE_NAMES && bytes <= MAX_TABLE_BYTES) {
    return { aggregate: rows, dropped: [] };
  }
  const dropped: string[] = [];
  for (const [name, row] of [...rows].sort(([, a], [, b]) => a.fetchedAtMs - b.fetchedAtMs)) {
    if (rows.size <= MAX_AGGREGATE_NAMES && bytes <= MAX_TABLE_BYTES) break;
    rows.delete(name);
    bytes -= rowBytes(name, row);
    dropped.push(name);
  }
  return { aggregate: rows, dropped };
}

/** Upper estimate: JSON is nearly all ASCII, and the time, blanks and line end take under 24 bytes. */
function rowBytes(name: string, row: TableRow): number {
  return name.length + Buffer.byteLength(row.json) + 24;
}
