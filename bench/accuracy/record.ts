import { readFileSync, writeFileSync } from 'node:fs';

const FILE = 'docs/accuracy.md';
const BLOCK = /(<!-- bench:accuracy -->\n)[\s\S]*(<!-- \/bench:accuracy -->)/;

/** Puts `text` into the marked block of docs/accuracy.md. @throws Error when there is none */
export function record(text: string): void {
  writeFileSync(FILE, replaceBlock(readFileSync(FILE, 'utf8'), text));
}

/** @throws Error when the document has no marked block */
export function replaceBlock(document: string, text: string): string {
  if (!BLOCK.test(document)) throw new Error(`no <!-- bench:accuracy --> block in ${FILE}`);
  return document.replace(BLOCK, (_, open: string, close: string) => `${open}\n${text}\n\n${close}`);
}
