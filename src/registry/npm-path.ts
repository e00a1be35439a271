import { realpath } from 'node:fs/promises';
import { delimiter, dirname, join, resolve } from 'node:path';
import { notePlace } from '../inputs/trace.js';

const CLI = join('bin', 'npm-cli.js');

/**
 * The folder of the npm whose builtin and global configuration counts: the one beside the running Node, else the one on
 * the PATH. Where there is none, the folder where it would be.
 */
export async function findNpmPath(
  env: Readonly<Record<string, string | undefined>>,
  execPath: string,
): Promise<string> {
  const beside = besideNode(execPath);
  for (const candidate of beside) {
    if (await exists(join(candidate, CLI))) return candidate;
  }
  return (await onPath(env)) ?? beside[0];
}

/** Unix layout first, then that of Windows. */
function besideNode(execPath: string): readonly [string, string] {
  const folder = dirname(execPath);
  return [resolve(folder, '../lib/node_modules/npm'), join(folder, 'node_modules', 'npm')];
}

/** On Unix, `npm` on the PATH is a link to its npm-cli.js; shims that are not are passed over. */
async function onPath(env: Readonly<Record<string, string | undefined>>): Promise<string | null> {
  for (const folder of (env['PATH'] ?? '').split(delimiter).filter(Boolean)) {
    const target = await realPlace(join(folder, 'npm'));
    if (target?.endsWith(CLI)) return dirname(dirname(target));
    const beside = join(folder, 'node_modules', 'npm');
    if (await exists(join(beside, CLI))) return beside;
  }
  return null;
}

async function exists(path: string): Promise<boolean> {
  return (await realPlace(path)) !== null;
}

async function realPlace(path: string): Promise<string | null> {
  const real = await realpath(path).catch(() => null);
  notePlace(path, real);
  return real;
}
