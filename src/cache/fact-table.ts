import { randomUUID } from 'node:crypto';
import type { EpochMs } from '../model/facts.js';
import { type FactSpace, FORMAT_VERSION } from './fact-space.js';
import { isTimeMs } from './field-checks.js';
import { parseJson } from './parse-json.js';
import { isStoredFacts, readEtag, type StoredFact } from './stored-fact.js';

/**
 * A fact in a table. Its JSON stays text until the name is asked for: a reader pays for the names of its tree only, and
 * a merge parses nothing.
 */
export type TableRow = { readonly fetchedAtMs: EpochMs; readonly json: string };

/** Facts of one space by name: the content of a batch, and of the aggregated record. */
export type FactTable = ReadonlyMap<string, TableRow>;

/** Largest table that is read or written, in bytes. */
export const MAX_TABLE_BYTES = 16 * 1024 * 1024;

/**
 * One line for each name: `name fetchedAtMs json`. The header line names kind and service, and ends in a random id, by
 * which no two writes have the same content: what one write replaces can be removed without touching another's.
 */
export function encodeTable(space: FactSpace, table: FactTable): Buffer {
  const lines = [`${headerOf(space)}${randomUUID()}`];
  for (const [name, row] of table) lines.push(`${name} ${row.fetchedAtMs} ${row.json}`);
  return Buffer.from(lines.join('\n'));
}

/** `null` when the text is no table of this space and version; a line that can't be read is left out. */
export function decodeTable(text: string, space: FactSpace): FactTable | null {
  if (!text.startsWith(headerOf(space))) return null;
  const rows = new Map<string, TableRow>();
  let start = text.indexOf('\n') + 1;
  while (start > 0) {
    const end = text.indexOf('\n', start);
    readRow(text.slice(start, end < 0 ? undefined : end), rows);
    start = end + 1;
  }
  return rows;
}

export function toRow({ fetchedAtMs, etag, facts }: StoredFact): TableRow {
  return { fetchedAtMs, json: JSON.stringify([etag, facts]) };
}

/** `null` when the row's JSON is none that `toRow` writes. */
export function fromRow({ fetchedAtMs, json }: TableRow): StoredFact | null {
  const parsed = parseJson(json);
  if (!Array.isArray(parsed) || parsed.length !== 2) return null;
  const [etag, facts] = parsed as readonly unknown[];
  return isStoredFacts(facts) ? { fetchedAtMs, etag: readEtag(etag), facts } : null;
}

function readRow(line: string, rows: Map<string, TableRow>): void {
  const nameEnd = line.indexOf(' ');
  const timeEnd = line.indexOf(' ', nameEnd + 1);
  if (nameEnd < 1 || timeEnd < 0) return;
  const fetchedAtMs = Number(line.slice(nameEnd + 1, timeEnd));
  if (isTimeMs(fetchedAtMs)) rows.set(line.slice(0, nameEnd), { fetchedAtMs, json: line.slice(timeEnd + 1) });
}

function headerOf({ kind, serviceId }: FactSpace): string {
  return `phantom-guard-facts ${FORMAT_VERSION} ${kind} ${serviceId} `;
}
