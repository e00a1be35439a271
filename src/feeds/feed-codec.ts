import type { FeedKind } from '../model/feed.js';
import { asRecord, own } from '../registry/json-record.js';
import { type Feed, type FeedEntry, NO_ENTRIES, type ParsedFeed, wholePackage } from './feed-entry.js';

/** What the first line says of the rest. */
type Head = {
  readonly kind: FeedKind;
  readonly entries: number;
  readonly skipped: number;
  readonly names: number;
};

/** The row of a name of which the whole package is listed once, without an id. */
const WHOLE = '';
const WHOLE_ENTRIES: readonly FeedEntry[] = [wholePackage(null)];
/** What stands for a row that cannot be read: rather too much is blocked. */
const UNREADABLE_ROW = WHOLE_ENTRIES;

/**
 * The compact form of a feed: a line of JSON about the whole, then for each name a line of the name, a tab and its row,
 * which is JSON or empty. When the form changes, `FEED_FORMAT_VERSION` in src/cache/feed-key.ts is raised.
 */
export function encodeFeed({ kind, entries, skipped, table }: ParsedFeed): string {
  const head: Head = { kind, entries, skipped, names: table.size };
  const lines = [JSON.stringify(head)];
  for (const [name, list] of table) {
    lines.push(`${name}\t${encodeRow(list)}`);
  }
  return lines.join('\n');
}

/** `null` for what `encodeFeed` has not written. The JSON of a name stays text until the name is asked for. */
export function decodeFeed(text: string): Feed | null {
  const headEnd = text.indexOf('\n');
  const head = headEnd < 0 ? null : readHead(text.slice(0, headEnd));
  if (head === null) return null;
  const rowStarts = findRows(text, headEnd + 1);
  if (rowStarts?.size !== head.names) return null;
  return {
    kind: head.kind,
    entries: head.entries,
    skipped: head.skipped,
    entriesOf: (name) => {
      const start = rowStarts.get(name);
      return start === undefined ? NO_ENTRIES : decodeRow(text.slice(start, lineEnd(text, start)));
    },
  };
}

/** Where the row of each name begins: to cut the rows out as well would double the time. */
function findRows(text: string, from: number): ReadonlyMap<string, number> | null {
  const starts = new Map<string, number>();
  for (let start = from; start < text.length; ) {
    const end = lineEnd(text, start);
    const tab = text.indexOf('\t', start);
    if (tab < 0 || tab > end) return null;
    starts.set(text.slice(start, tab), tab + 1);
    start = end + 1;
  }
  return starts;
}

function lineEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
}

/** An entry is `[id]` for the whole package, else `[id, versions, ranges]`. */
function encodeRow(entries: readonly FeedEntry[]): string {
  const [first] = entries;
  if (entries.length === 1 && first?.all && first.id === null) return WHOLE;
  return JSON.stringify(
    entries.map(({ id, all, versions, ranges }) => (all ? [id] : [id, versions, ranges])),
  );
}

function decodeRow(row: string): readonly FeedEntry[] {
  if (row === WHOLE) return WHOLE_ENTRIES;
  const list = parseJson(row);
  if (!Array.isArray(list) || list.length === 0) return UNREADABLE_ROW;
  return list.map(decodeEntry);
}

function decodeEntry(value: unknown): FeedEntry {
  const [id, versions, ranges] = Array.isArray(value) ? (value as readonly unknown[]) : [];
  const text = typeof id === 'string' ? id : null;
  if (!isTexts(versions) || !isTexts(ranges)) return wholePackage(text);
  return { id: text, all: false, versions, ranges };
}

function readHead(line: string): Head | null {
  const record = asRecord(parseJson(line));
  const kind = own(record, 'kind');
  const counts = ['entries', 'skipped', 'names'].map((key) => own(record, key));
  if (kind !== 'malicious' && kind !== 'hallucination') return null;
  if (!counts.every((count) => Number.isSafeInteger(count))) return null;
  const [entries, skipped, names] = counts as [number, number, number];
  return { kind, entries, skipped, names };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
