import { type Excerpt, type Range, slice } from './excerpt.js';
import { type FileMentions, type IsOpen, joinMentions } from './mention.js';
import { importsIn } from './script-imports.js';

const OPEN = /<script\b[^>]{0,2000}>/gi;
const CLOSE = /<\/script/gi;
/** What Astro runs on the server stands between two fences at the top. */
const FRONTMATTER = /^(\s*---[^\n]*\n)([\s\S]*?)\n---/;

/** The imports in the script blocks of a Vue, Svelte or Astro component. */
export function componentMentions(document: Excerpt, isOpen: IsOpen): FileMentions {
  const ranges = [...frontmatterOf(document.text), ...scriptsOf(document.text)];
  return joinMentions(ranges.map((range) => importsIn(slice(document, range), 'tsx', isOpen)));
}

function frontmatterOf(text: string): readonly Range[] {
  const [, open = '', script = ''] = FRONTMATTER.exec(text) ?? [];
  return script === '' ? [] : [{ from: open.length, to: open.length + script.length }];
}

/** A block that is not closed goes to the end. */
function scriptsOf(text: string): readonly Range[] {
  const closes = [...text.matchAll(CLOSE)].map(({ index }) => index);
  const ranges: Range[] = [];
  let next = 0;
  for (const { index, 0: tag } of text.matchAll(OPEN)) {
    const from = index + tag.length;
    if (from < (ranges.at(-1)?.to ?? 0)) continue;
    while (next < closes.length && (closes[next] ?? 0) < from) next++;
    ranges.push({ from, to: closes[next] ?? text.length });
  }
  return ranges;
}
