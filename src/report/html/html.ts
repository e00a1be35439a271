import { sanitize } from '../sanitize.js';

/** Markup of ours, in which all foreign text is escaped. `html` makes it; style and script come in by render-html.ts. */
export type Html = { readonly markup: string };

/** What a template takes: text and numbers are escaped, markup is taken as it is. */
export type Part = string | number | Html | readonly Html[];

export const NOTHING: Html = { markup: '' };

/**
 * A template of markup. Whatever text is put in stays text, between tags and in attributes in double quotes alike; there are
 * to be no other places. Control and invisible characters are made visible.
 */
export function html(template: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { markup: String.raw({ raw: template }, ...parts.map(toMarkup)) };
}

function toMarkup(part: Part): string {
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return HARMLESS.test(part) ? part : escapeText(sanitize(part));
  return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('');
}

/** Most texts hold nothing to look at, and there are many. */
const HARMLESS = /^[\w @./:;,()+-]*$/;

function escapeText(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}
