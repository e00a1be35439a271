import { readFileSync, writeFileSync } from 'node:fs';

/** Replaces what stands between `<!-- id -->` and `<!-- /id -->` of a document by `change` of it. */
export function changeBlock(file, id, change) {
  const document = readFileSync(file, 'utf8');
  const [start, end] = [`<!-- ${id} -->\n`, `<!-- /${id} -->`];
  const [from, to] = [document.indexOf(start) + start.length, document.indexOf(end)];
  if (from < start.length || to < from) throw new Error(`${file} has no block ${id}`);
  const text = change(document.slice(from, to));
  writeFileSync(file, `${document.slice(0, from)}\n${text}\n\n${document.slice(to)}`);
}
