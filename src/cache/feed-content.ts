import { randomUUID } from 'node:crypto';
import { FEED_FORMAT_VERSION } from './feed-key.js';

/** Largest content of a feed that is written or read, in bytes: what 256 MB of source become is smaller. */
export const MAX_FEED_BYTES = 256 * 1024 * 1024;

/** Oldest copy of a feed that is of use, in milliseconds: thirty days, as for facts (freshness.ts). */
export const FEED_STALE_MS = 30 * 24 * 60 * 60_000;

const HEADER = `phantom-guard-feed ${FEED_FORMAT_VERSION} `;

/**
 * A header line and the text of the feed. The header ends in a random id, by which no two writes have the same content:
 * what one write replaces can be removed without touching another feed's.
 */
export function encodeFeedContent(text: string): Buffer {
  return Buffer.from(`${HEADER}${randomUUID()}\n${text}`);
}

/** `null` when `content` is no feed of this version. */
export function decodeFeedContent(content: string): string | null {
  const headerEnd = content.indexOf('\n');
  return content.startsWith(HEADER) && headerEnd > 0 ? content.slice(headerEnd + 1) : null;
}
