import type { Mention, MentionKind } from './mention.js';

/** From this offset of the text on, up to the next of these, each character is one column further. */
type Anchor = { readonly offset: number; readonly line: number; readonly column: number };

/** Text out of a file, of which it is known where each character stands in the file. */
export type Excerpt = { readonly text: string; readonly anchors: readonly Anchor[] };

/** A piece of an excerpt, by offsets. */
export type Range = { readonly from: number; readonly to: number };

/** All of a file. */
export function wholeFile(text: string): Excerpt {
  const anchors: Anchor[] = [{ offset: 0, line: 1, column: 1 }];
  for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g))
    anchors.push({ offset: index + end.length, line: anchors.length + 1, column: 1 });
  return { text, anchors };
}

export function slice({ text, anchors }: Excerpt, { from, to }: Range): Excerpt {
  const first = anchorBefore(anchors, from);
  const start = anchors[first];
  const inside: Anchor[] =
    start === undefined ? [] : [{ ...start, offset: 0, column: start.column + from - start.offset }];
  for (let index = first + 1; index < anchors.length; index++) {
    const anchor = anchors[index];
    if (anchor === undefined || anchor.offset > to) break;
    inside.push({ ...anchor, offset: anchor.offset - from });
  }
  return { text: text.slice(from, to), anchors: inside };
}

/** The pieces one after the other, as if nothing had stood between them. */
export function join(whole: Excerpt, ranges: readonly Range[]): Excerpt {
  const texts: string[] = [];
  const anchors: Anchor[] = [];
  let length = 0;
  for (const range of ranges) {
    const part = slice(whole, range);
    for (const anchor of part.anchors) anchors.push({ ...anchor, offset: anchor.offset + length });
    texts.push(part.text);
    length += part.text.length;
  }
  return { text: texts.join(''), anchors };
}

export function mentionAt({ anchors }: Excerpt, kind: MentionKind, text: string, offset: number): Mention {
  const anchor = anchors[anchorBefore(anchors, offset)] ?? { offset: 0, line: 1, column: 1 };
  return { text, kind, line: anchor.line, column: anchor.column + offset - anchor.offset };
}

/** The index of the last anchor at or before the offset. */
function anchorBefore(anchors: readonly Anchor[], offset: number): number {
  let low = 0;
  let high = anchors.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((anchors[middle]?.offset ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
