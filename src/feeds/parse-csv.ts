import type { parse as Parse } from 'csv-parse/sync';
import type { FeedKind } from '../model/feed.js';
import { createFeedBuilder, type FeedBuilder } from './feed-builder.js';
import type { ParsedFeed } from './feed-entry.js';
import { unreadableFeed } from './feed-error.js';
import { entryOfVersions } from './feed-version.js';
import { MAX_ENTRIES, MAX_ROW_LENGTH } from './limits.js';

/** Where in a row what is found; -1 for a column that is not there. */
type Columns = {
  readonly name: number;
  readonly version: number;
  readonly ecosystem: number;
  readonly kind: FeedKind;
};

const NAME_COLUMNS = ['name', 'package', 'package_name'];
const VERSION_COLUMNS = ['version', 'versions'];
/** Columns of lists of what language models invented. */
const HALLUCINATION_COLUMNS = ['model', 'hallucinated', 'hallucination', 'prompt', 'registry_status'];

/**
 * Parses a table by RFC 4180, with commas or with tabs, the first row of which names the columns. csv-parse is loaded
 * on the first call.
 *
 * @throws GuardError FEED_UNREADABLE
 */
export async function parseCsv(text: string): Promise<ParsedFeed> {
  const { parse } = await import('csv-parse/sync');
  const rows = readRows(parse, text);
  const columns = readHeader(rows[0] ?? []);
  const builder = createFeedBuilder();
  for (let at = 1; at < rows.length; at++) addRow(rows[at] ?? [], columns, builder);
  return builder.finish(columns.kind);
}

function readRows(parse: typeof Parse, text: string): readonly (readonly string[])[] {
  const options = {
    delimiter: delimiterOf(text),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: MAX_ROW_LENGTH,
    // One more than the header and all entries, by which too many are told from just enough.
    to: MAX_ENTRIES + 2,
  };
  try {
    const rows = parse(text, options);
    if (rows.length === options.to) throw unreadableFeed(`it has more than ${MAX_ENTRIES} rows`);
    return rows;
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_')) {
      throw unreadableFeed(`it is damaged or cut short: its table cannot be read (${error.code})`, error);
    }
    throw error;
  }
}

function readHeader(row: readonly string[]): Columns {
  const header = row.map((cell) => cell.trim().toLowerCase());
  const find = (names: readonly string[]): number =>
    names.map((name) => header.indexOf(name)).find((at) => at >= 0) ?? -1;
  const name = find(NAME_COLUMNS);
  if (name < 0) throw unreadableFeed('it is neither JSON nor a table with a column "name"');
  return {
    name,
    version: find(VERSION_COLUMNS),
    ecosystem: find(['ecosystem']),
    kind: find(HALLUCINATION_COLUMNS) < 0 ? 'malicious' : 'hallucination',
  };
}

function addRow(row: readonly string[], columns: Columns, builder: FeedBuilder): void {
  if (columns.ecosystem >= 0 && row[columns.ecosystem]?.trim().toLowerCase() !== 'npm') return;
  const versions = row[columns.version]?.match(/[^;,\s]+/g) ?? [];
  builder.add(row[columns.name]?.trim(), entryOfVersions(null, versions));
}

function delimiterOf(text: string): string {
  const lineEnd = text.search(/[\r\n]/);
  return text.slice(0, lineEnd < 0 ? undefined : lineEnd).includes('\t') ? '\t' : ',';
}
