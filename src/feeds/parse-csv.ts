import type { FeedKind } from '../model/feed.js';
import { createFeedBuilder, type FeedBuilder } from './feed-builder.js';
import type { ParsedFeed } from './feed-entry.js';
import { unreadableFeed } from './feed-error.js';
import { entryOfVersions } from './feed-version.js';
import { MAX_ENTRIES, MAX_RAGGED_ROWS, MAX_ROW_LENGTH } from './limits.js';
import { readPlainRows } from './plain-rows.js';

/** Where in a row what is found; -1 for a column that is not there. */
type Columns = {
  readonly name: number;
  readonly version: number;
  readonly ecosystem: number;
  readonly kind: FeedKind;
};

const NAME_COLUMNS = ['name', 'package', 'package_name'];
const VERSION_COLUMNS = ['version', 'versions'];
/** One more than the header and all entries, by which too many are told from just enough. */
const MOST_ROWS = MAX_ENTRIES + 2;
/** Columns of lists of what language models invented. */
const HALLUCINATION_COLUMNS = ['model', 'hallucinated', 'hallucination', 'prompt', 'registry_status'];

/**
 * Parses a table by RFC 4180, with commas or with tabs, the first row of which names the columns. csv-parse is loaded
 * for the first that has quotes.
 *
 * @throws GuardError FEED_UNREADABLE
 */
export async function parseCsv(text: string): Promise<ParsedFeed> {
  const delimiter = delimiterOf(text);
  const rows = readPlainRows(text, delimiter, MOST_ROWS) ?? (await readQuotedRows(text, delimiter));
  if (rows.length === MOST_ROWS) throw unreadableFeed(`it has more than ${MAX_ENTRIES} rows`);
  const columns = readHeader(rows[0] ?? []);
  const builder = createFeedBuilder();
  for (let at = 1; at < rows.length; at++) addRow(rows[at] ?? [], columns, builder);
  return builder.finish(columns.kind);
}

async function readQuotedRows(text: string, delimiter: string): Promise<readonly (readonly string[])[]> {
  const { parse } = await import('csv-parse/sync');
  try {
    return parse(text, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: MAX_ROW_LENGTH,
      to: MOST_ROWS,
      on_record: (row: string[], { invalid_field_length: ragged }) => {
        if (ragged > MAX_RAGGED_ROWS)
          throw unreadableFeed('too many of its rows are not as long as the first');
        return row;
      },
    });
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
