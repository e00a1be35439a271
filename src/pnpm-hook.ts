import { homedir } from 'node:os';
import { takeCacheSecret } from './cli/cache-secret.js';
import { hookIo, withHookOptions } from './cli/hook-command.js';
import type { Refusal } from './cli/install-refusal.js';
import type { Io } from './cli/io.js';
import { parseCommandLine } from './cli/parse-command-line.js';
import type { PnpmSession } from './cli/pnpm-session.js';
import { rememberedSession } from './cli/remembered-session.js';
import { openMemory } from './cli/verdict-memory.js';

export type { PnpmSession, Refusal };

/** Once for the process: pnpm starts scripts later on. */
const cacheSecret = takeCacheSecret(process.env);

export type PnpmHookSettings = {
  /** Where pnpm-lock.yaml lies; absolute. */
  readonly projectDir: string;
  /** Facts are gathered for no longer than this in one go, in milliseconds; `null` = as for `check`. */
  readonly limitMs: number | null;
};

/**
 * What hooks/pnpmfile.cjs loads into pnpm's process. Options are those of `check`, from PHANTOM_GUARD_OPTIONS.
 *
 * @throws GuardError USAGE for options that there are not
 */
export function openSession({ projectDir, limitMs }: PnpmHookSettings): PnpmSession {
  const io: Io = hookIo({
    cwd: projectDir,
    cacheSecret,
    env: process.env,
    home: homedir(),
    platform: process.platform,
    stdin: process.stdin,
    stdout: process.stderr,
    stderr: process.stderr,
    nowMs: Date.now,
    elapsedMs: () => performance.now(),
    signal: new AbortController().signal,
  });
  const { options } = parseCommandLine(withHookOptions(['preinstall'], io));
  const timeoutMs = Math.min(options.timeoutMs, limitMs ?? options.timeoutMs);
  const quiet = { ...options, timeoutMs, quiet: true };
  const memory = openMemory(quiet, io, projectDir, 'pnpm project');
  const judging = async () => {
    const { openPnpmSession } = await import('./cli/pnpm-session.js');
    return openPnpmSession(projectDir, quiet, io, memory);
  };
  return rememberedSession(memory.recall(), judging);
}
