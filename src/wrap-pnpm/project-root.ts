import path from 'node:path';
import { exists } from '../wrap/exists.js';

/** The folder of the workspace around `dir`, else of the project; `dir` itself where there is neither. */
export async function pnpmRoot(dir: string, ignoresWorkspace: boolean): Promise<string> {
  const workspace = ignoresWorkspace ? null : await above(dir, 'pnpm-workspace.yaml');
  return workspace ?? (await above(dir, 'package.json')) ?? dir;
}

async function above(dir: string, name: string): Promise<string | null> {
  for (let folder = dir; ; folder = path.dirname(folder)) {
    if (await exists(path.join(folder, name))) return folder;
    if (folder === path.dirname(folder)) return null;
  }
}
