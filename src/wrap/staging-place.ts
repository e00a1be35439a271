import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const PREFIX = 'phantom-guard-staging-';

/** A new folder of ours for a copy. What runs that were killed have left behind is removed first. */
export async function makeStagingPlace(): Promise<string> {
  await sweep();
  return await mkdtemp(path.join(tmpdir(), `${PREFIX}${process.pid}-`));
}

/** Folders carry the number of their process; what belongs to somebody else can't be removed, and stays. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir()).catch(() => [])) {
    const pid = name.startsWith(PREFIX) ? /^\d+(?=-)/.exec(name.slice(PREFIX.length))?.[0] : undefined;
    if (pid === undefined || isAlive(Number(pid))) continue;
    await rm(path.join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Whether a process of that number exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
