import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type Config from '@npmcli/config';
import { noteForeignFile, noteUnrepeatable, noteVariable } from '../inputs/trace.js';

const FILE_LAYERS = ['builtin', 'global', 'user', 'project'];
const VARIABLE = /\$\{([^}?]+)\??\}/g;

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Tells the trace what npm's library has read: its configuration files with the variables that they name, and the
 * package.json files above the project, one of which may be the root of a workspace.
 */
export function noteNpmInputs(
  { data, localPrefix }: InstanceType<typeof Config>,
  cwd: string,
  env: Env,
): void {
  // Where another folder is the root, globs were expanded.
  if (localPrefix !== cwd) noteUnrepeatable();
  for (const folder of foldersFrom(path.dirname(cwd))) noteForeignFile(path.join(folder, 'package.json'));
  for (const layer of FILE_LAYERS) {
    const file = data.get(layer)?.source;
    if (typeof file !== 'string' || !path.isAbsolute(file)) continue;
    noteForeignFile(file);
    for (const name of variablesIn(file)) noteVariable(name, env[name]);
  }
}

function foldersFrom(folder: string): readonly string[] {
  const above = path.dirname(folder);
  return above === folder ? [folder] : [folder, ...foldersFrom(above)];
}

function variablesIn(file: string): readonly string[] {
  if (!existsSync(file)) return [];
  const names = [...readFileSync(file, 'utf8').matchAll(VARIABLE)].map((match) => match[1] ?? '');
  return [...new Set(names)];
}
