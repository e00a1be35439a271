import { existsSync } from 'node:fs';
import path from 'node:path';
import type Config from '@npmcli/config';
import type { NpmConfigLayer } from '@npmcli/config';
import { noteForeignFile, noteForeignPlace, noteUnrepeatable, noteVariable } from '../inputs/trace.js';

const FILE_LAYERS = ['builtin', 'global', 'user', 'project'];
/** As npm's library has it. */
const VARIABLE = /\$\{([^${}?]+)\??\}/g;

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
  // Of a folder without package.json the root is the next one above with node_modules.
  if (!existsSync(path.join(cwd, 'package.json')))
    for (const folder of foldersFrom(cwd)) noteForeignPlace(path.join(folder, 'node_modules'));
  for (const name of FILE_LAYERS) {
    const layer = data.get(name);
    if (typeof layer?.source !== 'string' || !path.isAbsolute(layer.source)) continue;
    noteForeignFile(layer.source);
    for (const variable of variablesIn(layer)) noteVariable(variable, env[variable]);
  }
}

function foldersFrom(folder: string): readonly string[] {
  const above = path.dirname(folder);
  return above === folder ? [folder] : [folder, ...foldersFrom(above)];
}

/** Of what the library has parsed: in the text of the file they may be escaped. */
function variablesIn({ raw = {} }: NpmConfigLayer): ReadonlySet<string> {
  return new Set(textsIn(raw).flatMap((text) => [...text.matchAll(VARIABLE)].map((match) => match[1] ?? '')));
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => [key, ...textsIn(one)]);
}
