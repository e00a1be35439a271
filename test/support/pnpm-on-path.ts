import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PnpmManager } from './pnpm-managers.js';

const folders = new Map<string, string>();

/** A folder with `pnpm` of this manager, as an installation has it; it goes with this process. */
export function pnpmFolder({ command, version }: PnpmManager): string {
  const made = folders.get(version);
  if (made !== undefined) return made;
  const folder = mkdtempSync(path.join(tmpdir(), 'phantom-guard-pnpm-bin-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'pnpm');
  writeFileSync(file, `#!/bin/sh\nexec ${command.map((word) => `'${word}'`).join(' ')} "$@"\n`);
  chmodSync(file, 0o755);
  folders.set(version, folder);
  return folder;
}
