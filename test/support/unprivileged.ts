import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';

export type Account = { readonly uid: number; readonly gid: number };

/** The account of nobody, for `spawn`; `null` where this process may not become another user. */
export const NOBODY: Account | null = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : null;
if (NOBODY === null) process.stdout.write('not root: what has to run as nobody runs as this user\n');

/** Lets other users read what is in these folders below the temporary folder. */
export function openToOthers(...folders: readonly string[]): void {
  for (const folder of [tmpdir(), ...folders]) chmodSync(folder, 0o755);
}

/** Whether nobody can open all of these. */
export function readableByOthers(...places: readonly string[]): boolean {
  return places.every(
    (place) => spawnSync('test', ['-r', place], { stdio: 'ignore', ...(NOBODY ?? {}) }).status === 0,
  );
}
