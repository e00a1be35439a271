import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { GuardError } from '../errors.js';
import { findProgram } from '../wrap/real-npm.js';
import { askNpm } from '../wrap/spawn-npm.js';
import { manifestIn } from './package-root.js';

type Env = Readonly<Record<string, string | undefined>>;

/** The version of the npm on the PATH: from its own files, else it is asked; `null` where there is none. */
export async function npmVersion(env: Env, cwd: string): Promise<string | null> {
  try {
    const program = await findProgram('npm', env);
    return (await versionBeside(program)) ?? (await askVersion(program, env, cwd));
  } catch (error) {
    if (error instanceof GuardError) return null;
    throw error;
  }
}

/** npm is started by a link to bin/npm-cli.js, or by bin/npm. */
async function versionBeside(program: string): Promise<string | null> {
  const manifest = manifestIn(path.resolve(await realpath(program), '../..'));
  const version = manifest?.['name'] === 'npm' ? manifest['version'] : null;
  return typeof version === 'string' ? version : null;
}

/** Version managers of Node put a program of their own in npm's place. */
async function askVersion(program: string, env: Env, cwd: string): Promise<string | null> {
  const { status, stdout } = await askNpm({ program, args: ['--version'], cwd, env }).catch(() => ({
    status: 1,
    stdout: '',
  }));
  return status === 0 ? (/^\d+\.\d+\.\d+\S*/m.exec(stdout)?.[0] ?? null) : null;
}
