import { existsSync } from 'node:fs';
import path from 'node:path';
import { WORKSPACE_FILE } from './pnpm-detours.js';

/** The nearest folder, this one or above, with a pnpm-workspace.yaml, as pnpm looks for it; `null` = there is none. */
export function pnpmWorkspaceRoot(dir: string): string | null {
  for (let folder = dir; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, WORKSPACE_FILE))) return folder;
    if (folder === path.dirname(folder)) return null;
  }
}
