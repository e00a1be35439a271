import { isUtf8 } from 'node:buffer';
import { basename } from 'node:path';
import { GuardError } from '../errors.js';
import { readUpTo } from '../inputs/read-up-to.js';
import { noteFile } from '../inputs/trace.js';
import type { LockfileText } from './lockfile-error.js';

/** 128 MiB: far above any real lockfile. What is made of one stays below 2 GB of memory. */
export const MAX_INPUT_BYTES = 128 * 1024 * 1024;

/**
 * Reads a text file, without a byte order mark.
 *
 * @throws GuardError INPUT_NOT_FOUND, INPUT_UNREADABLE, INPUT_TOO_LARGE
 */
export async function readText(path: string, maxBytes: number = MAX_INPUT_BYTES): Promise<LockfileText> {
  const bytes = await readBytes(path, maxBytes);
  if (!isUtf8(bytes)) throw unreadable(path, 'it is not UTF-8 text');
  const text = bytes.toString('utf8');
  return { text: text.startsWith('\uFEFF') ? text.slice(1) : text, file: basename(path) };
}

/** As {@link readText}; `null` when there is no such file. */
export async function readTextIfPresent(path: string): Promise<LockfileText | null> {
  try {
    return await readText(path);
  } catch (error) {
    if (error instanceof GuardError && error.code === 'INPUT_NOT_FOUND') return null;
    throw error;
  }
}

async function readBytes(path: string, maxBytes: number): Promise<Buffer> {
  try {
    const found = await readUpTo(path, maxBytes);
    if (found.kind === 'irregular') throw unreadable(path, 'it is not a regular file');
    if (found.kind === 'too-large') throw tooLarge(path, found.size, maxBytes);
    noteFile(path, found.bytes);
    return found.bytes;
  } catch (error) {
    if (isAbsent(error)) noteFile(path, null);
    throw error instanceof GuardError ? error : asGuardError(path, error);
  }
}

/** The error of this program for an error of the file system. */
export function asGuardError(path: string, error: unknown): GuardError {
  const code = codeOf(error);
  if (isAbsent(error)) {
    return new GuardError(
      'INPUT_NOT_FOUND',
      `${path} does not exist`,
      'Name a project directory, a lockfile or a package.json.',
      error,
    );
  }
  return unreadable(path, code, error);
}

function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}

function unreadable(path: string, reason: string, cause?: unknown): GuardError {
  const hint = 'Name a project directory, or a lockfile or package.json that this user may read.';
  return new GuardError('INPUT_UNREADABLE', `${path} cannot be read: ${reason}`, hint, cause);
}

function tooLarge(path: string, bytes: number, maxBytes: number): GuardError {
  const message = `${path} has ${bytes} bytes, and the limit is ${maxBytes}`;
  return new GuardError('INPUT_TOO_LARGE', message, 'Name a lockfile; no real one comes near this limit.');
}
