import { readMap } from './block.js';
import { type Cursor, isAtEnd, NotPlain, skipToContent } from './cursor.js';

/** Everything but line feeds and what is printed, surrogates in pairs: tabs, carriage returns, other line breaks. */
const ODD_CHARACTER = /[^\n -~\u00A0-\u2027\u202A-\uD7FF\uE000-\uFEFE\uFF00-\uFFFD\u{10000}-\u{10FFFF}]/u;
const DOCUMENT = '---\n';

/**
 * Every document of a YAML text of the form in which pnpm writes it, exactly as js-yaml reads it: maps, indented by two
 * spaces each, with lists, texts and values of one line below them. `null` for every other text, broken ones included.
 */
export function readPlainYaml(text: string): readonly unknown[] | null {
  if (ODD_CHARACTER.test(text)) return null;
  try {
    return readDocuments({ text: text.endsWith('\n') ? text : `${text}\n`, at: 0, indent: 0 });
  } catch (error) {
    if (error instanceof NotPlain) return null;
    throw error;
  }
}

function readDocuments(cursor: Cursor): readonly unknown[] {
  const { text } = cursor;
  const documents: unknown[] = [];
  do {
    if (text.startsWith(DOCUMENT, cursor.at)) cursor.at += DOCUMENT.length;
    skipToContent(cursor);
    if (cursor.indent !== 0) throw new NotPlain('a document that is no map');
    documents.push(readMap(cursor, 0));
    if (!isAtEnd(cursor)) throw new NotPlain('more than a map');
  } while (cursor.at < text.length);
  return documents;
}
