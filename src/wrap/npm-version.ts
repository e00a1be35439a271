import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { askNpm } from './spawn-npm.js';

type Env = Readonly<Record<string, string | undefined>>;

/** The folder of the npm behind a program on the PATH; `null` where a version manager stands in between. */
export async function npmFolder(program: string): Promise<string | null> {
  const file = await realpath(program).catch(() => program);
  return /[\\/]bin[\\/](?:npm|npx)-cli\.js$/.test(file) ? path.dirname(path.dirname(file)) : null;
}

/** The version of that npm: read where its folder can be told, else asked for; `null` = it does not say. */
export async function npmVersion(program: string, cwd: string, env: Env): Promise<string | null> {
  const folder = await npmFolder(program);
  return (folder === null ? null : await readVersion(folder)) ?? (await askVersion(program, cwd, env));
}

async function readVersion(folder: string): Promise<string | null> {
  try {
    const { name, version } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as {
      readonly name?: unknown;
      readonly version?: unknown;
    };
    return name === 'npm' && typeof version === 'string' ? version : null;
  } catch {
    return null;
  }
}

async function askVersion(program: string, cwd: string, env: Env): Promise<string | null> {
  const quiet = { ...env, npm_config_update_notifier: 'false' };
  const said = await askNpm({ program, args: ['--version'], cwd, env: quiet }).catch(() => null);
  return said?.status === 0 ? (/^\d+\.\d+\.\d+\S*$/m.exec(said.stdout)?.[0] ?? null) : null;
}
