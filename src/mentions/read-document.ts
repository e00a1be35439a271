import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { readUpTo } from '../inputs/read-up-to.js';

/** The text of a file, or why it is not read. */
export type Document = { readonly text: string } | { readonly reason: string };

/** Documents and sources that people write are smaller; bundles aren't. */
export const MOST_BYTES = 1_000_000;

/** Reads a file below `root` that is text and not too large. What leads out of `root` is not followed. Never rejects. */
export async function readDocument(root: string, file: string): Promise<Document> {
  try {
    const place = await realpath(path.join(root, file));
    if (!isBelow(root, place))
      return { reason: 'a symbolic link that leads out of the project: not followed' };
    const found = await readUpTo(place, MOST_BYTES);
    if (found.kind === 'irregular') return { reason: 'no file' };
    if (found.kind === 'too-large')
      return { reason: `larger than ${MOST_BYTES.toLocaleString('en-US')} bytes: not read` };
    return decoded(found.bytes);
  } catch (thrown) {
    return { reason: `could not be read: ${codeOf(thrown)}` };
  }
}

function decoded(bytes: Buffer): Document {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  if (!isUtf16 && bytes.includes(0)) return { reason: 'no text: it holds a zero byte' };
  const text = bytes.toString(isUtf16 ? 'utf16le' : 'utf8');
  return { text: text.replace(/^\uFEFF/, '') };
}

function isBelow(root: string, place: string): boolean {
  const relative = path.relative(root, place);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown';
}
