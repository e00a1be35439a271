import { type Excerpt, slice } from './excerpt.js';
import { type FileMentions, type IsOpen, joinMentions } from './mention.js';
import { importsIn } from './script-imports.js';

const SCRIPT = /(<script\b[^>]*>)([\s\S]*?)<\/script\s*>/gi;
/** What Astro runs on the server stands between two fences at the top. */
const FRONTMATTER = /^(\s*---[^\n]*\n)([\s\S]*?)\n---/g;

/** The imports in the script blocks of a Vue, Svelte or Astro component. */
export function componentMentions(document: Excerpt, isOpen: IsOpen): FileMentions {
  const blocks = [...document.text.matchAll(FRONTMATTER), ...document.text.matchAll(SCRIPT)];
  return joinMentions(
    blocks.map(({ index, 1: open = '', 2: script = '' }) => {
      const from = index + open.length;
      return importsIn(slice(document, { from, to: from + script.length }), 'tsx', isOpen);
    }),
  );
}
