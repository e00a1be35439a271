import { isUtf8 } from 'node:buffer';
import { lstat } from 'node:fs/promises';
import { GuardError } from '../errors.js';
import { readUpTo } from '../inputs/read-up-to.js';
import { noteFile } from '../inputs/trace.js';

/** 1 MiB: thousands of exceptions. */
export const MAX_CONFIG_BYTES = 1024 * 1024;

export type ConfigText = { readonly text: string; readonly hasBom: boolean };

/**
 * Reads a configuration file, through links; `null` when there is none.
 *
 * @throws GuardError CONFIG_UNREADABLE: no regular file, a link to nothing, no permission, too large, not UTF-8
 */
export async function readConfigText(path: string, maxBytes = MAX_CONFIG_BYTES): Promise<ConfigText | null> {
  const bytes = await readBytes(path, maxBytes);
  return bytes === null ? null : decodeConfig(path, bytes);
}

/** The text of a configuration file's bytes. @throws GuardError CONFIG_UNREADABLE: not UTF-8 */
export function decodeConfig(path: string, bytes: Buffer): ConfigText {
  if (!isUtf8(bytes)) throw unreadable(path, 'it is not UTF-8 text');
  const text = bytes.toString('utf8');
  const hasBom = text.startsWith('\uFEFF');
  return { text: hasBom ? text.slice(1) : text, hasBom };
}

/** The CONFIG_UNREADABLE error of a file that was named on the command line. */
export function missing(path: string): GuardError {
  return new GuardError(
    'CONFIG_UNREADABLE',
    `${path} does not exist`,
    'Name a file that exists with --config.',
  );
}

async function readBytes(path: string, maxBytes: number): Promise<Buffer | null> {
  try {
    const found = await readUpTo(path, maxBytes);
    if (found.kind === 'irregular') throw unreadable(path, 'it is not a regular file');
    if (found.kind === 'too-large') throw tooLarge(path, found.size, maxBytes);
    noteFile(path, found.bytes);
    return found.bytes;
  } catch (error) {
    if (error instanceof GuardError) throw error;
    const code = codeOf(error);
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw unreadable(path, code, error);
    if (await isLink(path)) throw unreadable(path, 'it is a link to nothing', error);
    noteFile(path, null);
    return null;
  }
}

async function isLink(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch {
    return false;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

function unreadable(path: string, reason: string, cause?: unknown): GuardError {
  const hint = 'Make it a text file that this user may read, or remove it.';
  return new GuardError('CONFIG_UNREADABLE', `${path} cannot be read: ${reason}`, hint, cause);
}

function tooLarge(path: string, bytes: number, maxBytes: number): GuardError {
  const message = `${path} cannot be read: it has ${bytes} bytes, and the limit is ${maxBytes}`;
  return new GuardError('CONFIG_UNREADABLE', message, 'Remove exceptions that no longer apply.');
}
