import { homedir } from 'node:os';
import { Readable, Writable } from 'node:stream';
import { splitCacheSecret } from '../cli/cache-secret.js';
import type { Io } from '../cli/io.js';
import type { Settings } from './settings.js';

/** The process as a library sees it: it reads what the command line reads, and prints nothing. */
export function silentIo({ cwd, env, signal }: Settings): Io {
  return {
    cwd: cwd ?? process.cwd(),
    ...splitCacheSecret(env ?? process.env),
    home: homedir(),
    platform: process.platform,
    stdin: Readable.from([]),
    stdout: { isTTY: false, write: () => undefined },
    stderr: new Writable({ write: (_chunk, _encoding, done) => done() }),
    nowMs: Date.now,
    elapsedMs: () => performance.now(),
    signal: signal ?? new AbortController().signal,
  };
}
