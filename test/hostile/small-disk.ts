import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const mounted: string[] = [];

/** Mounts a file system of 64 kB over a folder; `false` where this user may not. {@link unmountAll} takes it away. */
export function mountSmallDisk(folder: string): boolean {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const isMounted = mount('-t', 'tmpfs', '-o', 'size=64k,mode=0700', 'tmpfs', folder);
  if (isMounted) mounted.push(folder);
  return isMounted;
}

export function remountReadOnly(folder: string): void {
  if (!mount('-o', 'remount,ro', folder)) throw new Error(`${folder} can't be made read-only`);
}

export function unmountAll(): void {
  for (const folder of mounted.splice(0)) spawnSync('umount', ['-l', folder]);
}

/** Takes all space but `left` bytes. Gives it back when the function is called that this returns. */
export function fill(folder: string, left: number): () => void {
  const fillerOf = (name: string): string => path.join(folder, name);
  writeFileSync(fillerOf('filler-left'), Buffer.alloc(left));
  try {
    for (;;) writeFileSync(fillerOf('filler'), Buffer.alloc(4096), { flag: 'a' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
  rmSync(fillerOf('filler-left'));
  return () => rmSync(fillerOf('filler'));
}

function mount(...words: readonly string[]): boolean {
  return spawnSync('mount', words).status === 0;
}
