import path from 'node:path';
import { exists } from './exists.js';
import type { GuardRequest } from './outcome.js';
import { readIfThere } from './project-files.js';

/**
 * npm runs a program of that name before it looks for a package: one that the project's package.json names, one that is
 * installed in the project or above, a global one. A scoped package has to be installed itself.
 */
export async function isInstalled({ line }: GuardRequest, program: string | undefined): Promise<boolean> {
  if (line.packages.length > 0 || program === undefined || !/^(?:@[^/@]+\/)?[^/@]+$/.test(program))
    return false;
  const { localPrefix, globalBin } = line;
  if (program.startsWith('@')) {
    const modules = path.join(localPrefix, 'node_modules');
    const base = program.slice(program.indexOf('/') + 1);
    return (await exists(path.join(modules, '.bin', base))) && (await exists(path.join(modules, program)));
  }
  if (await isOwnProgram(localPrefix, program)) return true;
  for (let folder = localPrefix; ; folder = path.dirname(folder)) {
    if (await exists(path.join(folder, 'node_modules', '.bin', program))) return true;
    if (folder === path.dirname(folder)) return await exists(path.join(globalBin, program));
  }
}

async function isOwnProgram(folder: string, program: string): Promise<boolean> {
  try {
    const manifest = JSON.parse(String(await readIfThere(path.join(folder, 'package.json')))) as {
      name?: unknown;
      bin?: unknown;
    } | null;
    const { name, bin } = manifest ?? {};
    if (typeof bin === 'string') return typeof name === 'string' && name.replace(/^@[^/]*\//, '') === program;
    return typeof bin === 'object' && bin !== null && Object.hasOwn(bin, program);
  } catch {
    return false;
  }
}
