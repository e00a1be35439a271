import { createFeedBuilder, type FeedBuilder } from './feed-builder.js';
import type { ParsedFeed } from './feed-entry.js';
import { unreadableFeed } from './feed-error.js';
import { parseFeedJson } from './json-limits.js';
import { parseCsv } from './parse-csv.js';
import { addManifest, asManifest } from './parse-manifest.js';
import { addOsvRecord, asOsvRecord } from './parse-osv.js';

const BOM = '\uFEFF';

/**
 * Reads a feed of any format; the format is what the content shows.
 *
 * @throws GuardError FEED_UNREADABLE for anything else, and for a feed without a single entry.
 */
export async function parseFeed(raw: string): Promise<ParsedFeed> {
  const text = raw.startsWith(BOM) ? raw.slice(1) : raw;
  const start = text.search(/\S/);
  if (start < 0) throw unreadableFeed('it is empty');
  switch (text[start]) {
    case '{':
      return parseObjects(text);
    case '[':
      return parseArray(text);
    case '<':
      throw unreadableFeed('it is a web page, not a feed');
    default:
      return await parseCsv(text);
  }
}

/** One document, or one OSV record on each line. */
function parseObjects(text: string): ParsedFeed {
  const lineEnd = endOfFirstLine(text);
  const first = tryObject(text.slice(0, lineEnd));
  if (first !== undefined && /\S/.test(text.slice(lineEnd))) return parseLines(text);
  return parseDocument(first ?? parseFeedJson(text));
}

function parseDocument(document: unknown): ParsedFeed {
  const builder = createFeedBuilder();
  const record = asOsvRecord(document);
  const manifest = record === null ? asManifest(document) : null;
  if (record !== null) addOsvRecord(record, builder);
  else if (manifest !== null) addManifest(manifest, builder);
  else throw unreadableFeed('it is JSON of no known kind: neither OSV nor names with versions');
  return builder.finish('malicious');
}

function parseArray(text: string): ParsedFeed {
  const builder = createFeedBuilder();
  const list = parseFeedJson(text);
  for (const item of Array.isArray(list) ? list : []) addRecord(item, builder);
  return builder.finish('malicious');
}

function parseLines(text: string): ParsedFeed {
  const builder = createFeedBuilder();
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    const line = text.slice(start, end);
    if (/\S/.test(line)) addRecord(parseFeedJson(line), builder);
    start = end + 1;
  }
  return builder.finish('malicious');
}

function addRecord(value: unknown, builder: FeedBuilder): void {
  const record = asOsvRecord(value);
  if (record === null) throw unreadableFeed('one of its records is not of the OSV format');
  addOsvRecord(record, builder);
}

function endOfFirstLine(text: string): number {
  const start = text.search(/\S/);
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
}

/** `undefined` for a line that is no document of its own, as the first of one that was laid out over many. */
function tryObject(line: string): unknown {
  if (!/\}\s*$/.test(line.slice(-100))) return undefined;
  try {
    return parseFeedJson(line);
  } catch {
    return undefined;
  }
}
