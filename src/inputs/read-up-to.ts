import { constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';

/** The bytes of a file, or why there are none: it is no regular file, or it has more bytes than wanted (at least `size`). */
export type BytesRead =
  | { readonly kind: 'read'; readonly bytes: Buffer }
  | { readonly kind: 'irregular' }
  | { readonly kind: 'too-large'; readonly size: number };

/** How much is read at once of a file that has more than its size said. */
const MORE_BYTES = 1024 * 1024;
/** Whoever puts a pipe in the place of the file meanwhile does not make us wait for a writer. */
const READ_ONLY = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * Reads a regular file, through links. A size is only a hint: files grow, and those of /proc say 0 and have no end.
 *
 * @throws what the file system says
 */
export async function readUpTo(path: string, maxBytes: number): Promise<BytesRead> {
  const found = await stat(path);
  if (!found.isFile()) return { kind: 'irregular' };
  if (found.size > maxBytes) return { kind: 'too-large', size: found.size };
  const handle = await open(path, READ_ONLY);
  try {
    const opened = await handle.stat();
    return opened.isFile() ? await readAll(handle, opened.size, maxBytes) : { kind: 'irregular' };
  } finally {
    await handle.close();
  }
}

async function readAll(handle: FileHandle, size: number, maxBytes: number): Promise<BytesRead> {
  if (size > maxBytes) return { kind: 'too-large', size };
  const parts: Buffer[] = [];
  let total = 0;
  // One byte more than there should be finds the end in the same buffer.
  for (let room = size + 1; ; room = MORE_BYTES) {
    const part = await readInto(handle, Buffer.allocUnsafe(room));
    parts.push(part);
    total += part.length;
    if (total > maxBytes) return { kind: 'too-large', size: total };
    if (part.length < room) break;
  }
  const [first] = parts;
  return { kind: 'read', bytes: parts.length === 1 && first ? first : Buffer.concat(parts, total) };
}

/** The part of `buffer` that could be filled. */
async function readInto(handle: FileHandle, buffer: Buffer): Promise<Buffer> {
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
