import type { ParsedFeed } from '../../../src/feeds/feed-entry.js';
import { parseFeed } from '../../../src/feeds/parse-feed.js';
import type { FeedContext } from '../../../src/model/feed.js';

/** A record of the OSV schema about one npm package. */
export function osv(name: string, affected: object = wholeRange(), changes: object = {}): object {
  return {
    schema_version: '1.7.4',
    id: 'MAL-2025-7',
    modified: '2025-11-13T04:22:01Z',
    summary: 'Malicious code',
    affected: [{ package: { ecosystem: 'npm', name }, ...affected }],
    ...changes,
  };
}

export function rangeOf(...events: readonly object[]): object {
  return { ranges: [{ type: 'SEMVER', events }] };
}

export function wholeRange(): object {
  return rangeOf({ introduced: '0' });
}

export function parsed(document: unknown): Promise<ParsedFeed> {
  return parseFeed(JSON.stringify(document));
}

export const NOTHING_KNOWN: FeedContext = { spec: null, latestVersion: null, established: false };
