import type { Parser, Tree } from '@lezer/common';

/** Real files take a fraction of it. Text that was made to take long is read up to here. */
const LIMIT_MS = 600;
const STEPS_BETWEEN_LOOKS = 16;

/** A tree of all of the text, of its beginning, or none; `incomplete` says why. */
export type Parsed = { readonly tree: Tree | null; readonly incomplete: string | null };

/** Parses within a limit of time, whatever the text. Never throws. */
export function parseWithin(parser: Parser, text: string): Parsed {
  try {
    return parseSteps(parser, text, performance.now() + LIMIT_MS);
  } catch (thrown) {
    // Nested too deep for the stack, which no text that people write is.
    return { tree: null, incomplete: `not parsed: ${thrown instanceof Error ? thrown.message : thrown}` };
  }
}

function parseSteps(parser: Parser, text: string, untilMs: number): Parsed {
  const parse = parser.startParse(text);
  let incomplete: string | null = null;
  for (let step = 1; ; step++) {
    const tree = parse.advance();
    if (tree !== null) return { tree, incomplete };
    if (incomplete !== null || step % STEPS_BETWEEN_LOOKS !== 0 || performance.now() < untilMs) continue;
    incomplete = `takes longer than ${LIMIT_MS} ms to parse: only the first ${parse.parsedPos} characters were read`;
    parse.stopAt(parse.parsedPos);
  }
}
