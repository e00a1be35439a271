import type { Readable, Writable } from 'node:stream';

/** What a command may touch of the process: the edge of the program, so that a run is a function of its arguments. */
export type Io = {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What the cache is sealed with in place of the key file; `null` = not given. Never among `env`. */
  readonly cacheSecret: string | null;
  readonly home: string;
  /** The home of the account that runs this, whatever `$HOME` says; where it is left out, `home`. */
  readonly accountHome?: string;
  readonly platform: NodeJS.Platform;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  /** The descriptor of `stdin`, where that is the process's own. */
  readonly stdinFd?: number;
  readonly stdout: Sink;
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  /** Milliseconds since the epoch, read once per run. */
  readonly nowMs: () => number;
  /** Monotonic milliseconds. */
  readonly elapsedMs: () => number;
  /** Ends the run early (SIGINT, SIGTERM). */
  readonly signal: AbortSignal;
};

export type Sink = {
  readonly isTTY?: boolean;
  /** Of the terminal. */
  readonly columns?: number;
  /** Resolves when more may be written. */
  readonly write: (text: string) => unknown;
};
