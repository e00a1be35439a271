import { fstatSync, readSync } from 'node:fs';
import { GuardError } from '../../errors.js';
import type { Io } from '../io.js';

const MOST_BYTES = 64 * 1024 * 1024;
const CHUNK_BYTES = 64 * 1024;

/**
 * All of stdin. A pipe is read at once, without a stream, which takes longer to load than most calls take to be judged.
 *
 * @throws GuardError INPUT_TOO_LARGE, INPUT_UNREADABLE for a terminal
 */
export async function readInput(io: Io): Promise<string> {
  const { stdinFd } = io;
  if (stdinFd !== undefined && !fstatSync(stdinFd).isCharacterDevice()) return readPipe(stdinFd);
  const { stdin } = io;
  if (stdin.isTTY === true) throw unreadable();
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) add(chunks, Buffer.from(chunk as Buffer | string));
  return Buffer.concat(chunks).toString('utf8');
}

function readPipe(fd: number): string {
  const chunks: Buffer[] = [];
  for (;;) {
    const chunk = readChunk(fd);
    if (chunk.length === 0) return Buffer.concat(chunks).toString('utf8');
    add(chunks, chunk);
  }
}

/** Waits for a pipe that has nothing yet and says so instead of waiting itself. */
function readChunk(fd: number): Buffer {
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  for (;;) {
    try {
      return buffer.subarray(0, readSync(fd, buffer));
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null;
      if (code === 'EOF') return Buffer.alloc(0);
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
    }
  }
}

function add(chunks: Buffer[], chunk: Buffer): void {
  chunks.push(chunk);
  if (chunks.reduce((sum, { length }) => sum + length, 0) <= MOST_BYTES) return;
  throw new GuardError('INPUT_TOO_LARGE', 'the tool call is too large to be judged', 'split it');
}

function unreadable(): GuardError {
  return new GuardError(
    'INPUT_UNREADABLE',
    'agent-hook reads the tool call of an agent from stdin, and this is a terminal',
    'phantom-guard-install agent-hook --install claude|cursor|codex|copilot',
  );
}
