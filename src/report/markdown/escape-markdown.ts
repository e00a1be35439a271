import { sanitize } from '../sanitize.js';

/** Keeps what follows from being taken for a mention or a link, and can't be seen. */
const BREAK = '&#8203;';

/**
 * Foreign text as GitHub's and GitLab's Markdown shows it letter by letter: no markup, HTML, link, mention or break of a table
 * comes of it. Control and invisible characters are made visible.
 */
export function escapeMarkdown(text: string): string {
  // Mentions and links are looked for in the finished page too, where a reference is a character again.
  return asReferences(sanitize(text))
    .replace(/&#(?:64|35|58);/g, (reference) => reference + BREAK)
    .replace(/www(?=\.)/gi, (www) => www + BREAK);
}

/** Foreign text as code, in which nobody looks for mentions and links; of HTML, since no number of backticks is safe. */
export function codeOf(text: string): string {
  return `<code>${asReferences(sanitize(text))}</code>`;
}

/** Character references are no markup in any dialect. */
function asReferences(text: string): string {
  return text.replace(/[^\p{L}\p{N} ,;.?/=+%'"()-]/gu, (character) => `&#${character.codePointAt(0) ?? 0};`);
}
