import path from 'node:path';
import { readIfThere } from './project-files.js';

/** The program of a package that has just one, or one of its own name; npm takes the same. */
export async function programOf(folder: string, name: string): Promise<string | null> {
  const file = path.join(folder, 'node_modules', name, 'package.json');
  const { bin } = JSON.parse(String(await readIfThere(file))) as { bin?: string | Record<string, string> };
  const base = name.slice(name.indexOf('/') + 1);
  if (typeof bin === 'string') return base;
  const programs = Object.keys(bin ?? {});
  if (new Set(Object.values(bin ?? {}).map((file) => path.normalize(file))).size === 1)
    return programs[0] ?? null;
  return programs.includes(base) ? base : null;
}
