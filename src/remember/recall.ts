import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { currentDigest } from '../inputs/current-digest.js';
import type { Input } from '../inputs/input.js';
import { REMEMBERED_FOLDER, type Remembered } from './remembered.js';

export type RecallContext = {
  readonly nowMs: number;
  readonly env: Readonly<Record<string, string | undefined>>;
};

/** Permission bits with which another user could put verdicts of his own there. */
const WRITABLE_BY_OTHERS = 0o022;

/**
 * The report that was made under this key, where everything that it was made from is as it was and still fresh; else
 * `null`, for whatever reason. Reads synchronously: nothing else goes on.
 *
 * @param storeDir the folder of the store, absolute
 */
export function recallVerdict(
  storeDir: string,
  key: string,
  { nowMs, env }: RecallContext,
): Remembered | null {
  try {
    if (!isOwn(storeDir)) return null;
    const text = readFileSync(join(storeDir, REMEMBERED_FOLDER, `${key}.json`), 'utf8');
    const remembered = JSON.parse(text) as Remembered;
    const { madeAtMs, untilMs, inputs, report } = remembered;
    if (!(madeAtMs <= nowMs && nowMs < untilMs) || report.status !== 'allowed') return null;
    return inputs.every((input) => isUnchanged(input, env)) ? remembered : null;
  } catch {
    return null;
  }
}

function isUnchanged(input: Input, env: RecallContext['env']): boolean {
  return currentDigest(input, env) === input.digest;
}

function isOwn(folder: string): boolean {
  const status = lstatSync(folder);
  if (!status.isDirectory() || status.uid !== (process.geteuid?.() ?? status.uid)) return false;
  return process.platform === 'win32' || (status.mode & WRITABLE_BY_OTHERS) === 0;
}
