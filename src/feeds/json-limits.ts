import { unreadableFeed } from './feed-error.js';
import { MAX_JSON_CONTAINERS, MAX_JSON_DEPTH } from './limits.js';

/** Below this many characters nothing can be deep or wide enough to hurt. */
const HARMLESS_LENGTH = 1024 * 1024;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** `[` and `{`, `]` and `}` differ in one bit. */
const OPENING = 0x5b;
const CLOSING = 0x5d;
const BRACE_BIT = 0x20;

/**
 * Parses JSON of any size. Large text is looked through first: what `JSON.parse` makes of 100 MB of brackets is many
 * times as large.
 *
 * @throws GuardError FEED_UNREADABLE
 */
export function parseFeedJson(text: string): unknown {
  if (text.length > HARMLESS_LENGTH) assertModest(text);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadableFeed('it is damaged or cut short: its JSON cannot be read', error);
  }
}

function assertModest(text: string): void {
  let depth = 0;
  let containers = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
    } else if ((code & ~BRACE_BIT) === OPENING) {
      containers++;
      if (++depth > MAX_JSON_DEPTH) throw unreadableFeed(`its JSON is deeper than ${MAX_JSON_DEPTH} levels`);
    } else if ((code & ~BRACE_BIT) === CLOSING) {
      depth--;
    }
  }
  if (containers > MAX_JSON_CONTAINERS) throw unreadableFeed('its JSON has too many parts');
}

/** The place of the closing quote, or the end of the text. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return at;
  }
  return text.length;
}
