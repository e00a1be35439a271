import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable, Writable } from 'node:stream';
import type { Io } from '../../src/cli/io.js';

export type FakeIo = {
  readonly io: Io;
  readonly stdout: () => string;
  readonly stderr: () => string;
};

export type FakeIoOptions = {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly isTTY?: boolean;
  readonly signal?: AbortSignal;
  readonly stdin?: string;
  readonly cacheSecret?: string;
};

/** The cursor movements of a terminal, of which nothing is kept. */
const TERMINAL = {
  cursorTo: () => true,
  moveCursor: () => true,
  clearLine: () => true,
  clearScreenDown: () => true,
};

/** A process for commands that run inside the test: an empty home, streams that are kept, the real clock. */
export function fakeIo({
  cwd,
  env = {},
  isTTY = false,
  signal,
  stdin,
  cacheSecret,
}: FakeIoOptions = {}): FakeIo {
  const home = mkdtempSync(path.join(tmpdir(), 'phantom-guard-home-'));
  const out: string[] = [];
  const err: string[] = [];
  const stderr = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      err.push(chunk.toString('utf8'));
      done();
    },
  });
  const io: Io = {
    cwd: cwd ?? home,
    env: { PATH: process.env['PATH'], HOME: home, ...env },
    cacheSecret: cacheSecret ?? null,
    home,
    platform: 'linux',
    stdin: Readable.from(stdin === undefined ? [] : [stdin]),
    stdout: { isTTY, write: (text) => out.push(text) },
    stderr: Object.assign(stderr, { isTTY, columns: 80, ...TERMINAL }),
    nowMs: Date.now,
    elapsedMs: () => performance.now(),
    signal: signal ?? new AbortController().signal,
  };
  return { io, stdout: () => out.join(''), stderr: () => err.join('') };
}
