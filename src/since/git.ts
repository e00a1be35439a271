import { execFile } from 'node:child_process';
import { devNull } from 'node:os';
import { dirname } from 'node:path';
import { MAX_INPUT_BYTES } from '../lockfile/read-text.js';
import { type Environment, gitEnvironment } from './git-environment.js';
import { gitFailed, gitMissing, interrupted, tooMuch } from './since-error.js';

export type GitAnswer = { readonly ok: boolean; readonly stdout: Buffer; readonly stderr: string };

/** git in one folder. Only commands that read objects are run: no filter, text conversion or hook takes part in them. */
export type Git = {
  /** @throws GuardError SINCE_UNUSABLE when git can't be run to its end */
  readonly run: (args: readonly string[], input?: string) => Promise<GitAnswer>;
  /** The id of what `name` stands for; `null` when it stands for nothing. */
  readonly objectId: (name: string) => Promise<string | null>;
};

export type GitOptions = {
  readonly directory: string;
  readonly env: Environment;
  readonly signal: AbortSignal;
};

/** The repository's own configuration can name programs; those that a reading command might start are turned off. */
const DISARMED = ['core.fsmonitor=false', `core.hooksPath=${devNull}`, 'safe.bareRepository=explicit'];

/** Beyond the files themselves: a line about each. */
const MAX_OUTPUT_BYTES = MAX_INPUT_BYTES + 16 * 1024 * 1024;

export function createGit({ directory, env, signal }: GitOptions): Git {
  const before = ['--no-pager', '-C', directory, ...DISARMED.flatMap((setting) => ['-c', setting])];
  const options = {
    cwd: dirname(process.execPath),
    env: { ...gitEnvironment(env) },
    encoding: 'buffer',
    maxBuffer: MAX_OUTPUT_BYTES,
    signal,
    windowsHide: true,
  } as const;
  const run = (args: readonly string[], input = ''): Promise<GitAnswer> =>
    new Promise((resolve, reject) => {
      const child = execFile('git', [...before, ...args], options, (error, stdout, stderr) => {
        const answer = { ok: error === null, stdout, stderr: stderr.toString('utf8') };
        if (error === null || typeof error.code === 'number') resolve(answer);
        else reject(asSinceError(error, answer));
      });
      // A git that ends before it has read everything says so by its status.
      child.stdin?.on('error', () => undefined);
      child.stdin?.end(input);
    });
  const objectId = async (name: string): Promise<string | null> => {
    if (name.includes('\0')) return null;
    const { stdout } = await run(['rev-parse', '--verify', '--quiet', '--end-of-options', name]);
    return /^[0-9a-f]{40,64}$/.exec(stdout.toString('latin1').trim())?.[0] ?? null;
  };
  return { run, objectId };
}

function asSinceError(error: Error & { readonly code?: unknown }, { stderr }: GitAnswer): Error {
  if (error.name === 'AbortError') return interrupted(error);
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return tooMuch(error);
  return typeof error.code === 'string' ? gitMissing(error) : gitFailed(stderr);
}
