import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';

/** The committed compact form: Brotli of normalised names, one a line, sorted within each class of ranks. */
const COMPACT = 'data/pypi-top.txt.br';
/** The list as it comes, most downloaded first; beside the repository where it is at all. */
const ORIGINAL = '../shared/eval/pypi-top.txt';

/**
 * PyPI's most downloaded names by classes of ranks (1, 2–3, 4–7, …), which is all that the data keeps of the order.
 * With `refresh` the compact form is made anew where the original is there.
 */
export function readPypiNames(refresh: boolean): readonly string[] {
  const original = existsSync(ORIGINAL)
    ? sortByClass(lines(readFileSync(ORIGINAL, 'utf8'))).join('\n')
    : null;
  if (refresh && original !== null) writeFileSync(COMPACT, compress(original));
  const compact = brotliDecompressSync(readFileSync(COMPACT)).toString('utf8');
  if (original !== null && original !== compact)
    throw new Error(`${COMPACT} is not the compact form of ${ORIGINAL}`);
  return lines(compact);
}

function sortByClass(published: readonly string[]): string[] {
  const names = [...new Set(published.map((name) => name.toLowerCase().replace(/[-_.]+/g, '-')))];
  const sorted: string[] = [];
  for (let rank = 1; rank <= names.length; rank *= 2)
    sorted.push(...names.slice(rank - 1, rank * 2 - 1).sort());
  return sorted;
}

function compress(text: string): Buffer {
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  return brotliCompressSync(Buffer.from(text), { params });
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}
