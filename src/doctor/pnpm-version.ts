import { readFile } from 'node:fs/promises';
import path from 'node:path';
import semver from 'semver';
import { askNpm } from '../wrap/spawn-npm.js';

type Env = Readonly<Record<string, string | undefined>>;

/** The version that a project runs: what `packageManager` names, else what the program on the PATH says of itself. */
export async function pnpmVersion(dir: string, program: string | null, env: Env): Promise<string | null> {
  const named = /^pnpm@([^+]+)/.exec(await packageManagerOf(dir))?.[1] ?? null;
  if (semver.valid(named) !== null) return named;
  return program === null ? null : await ask(program, env);
}

async function packageManagerOf(dir: string): Promise<string> {
  try {
    const manifest = JSON.parse(await readFile(path.join(dir, 'package.json'), 'utf8')) as {
      readonly packageManager?: unknown;
    };
    return String(manifest.packageManager);
  } catch {
    return '';
  }
}

/** Outside of any project, so that neither pnpm nor Corepack fetches the version that a project names. */
async function ask(program: string, env: Env): Promise<string | null> {
  const quiet = { ...env, COREPACK_ENABLE_NETWORK: '0', npm_config_update_notifier: 'false' };
  const cwd = path.parse(process.cwd()).root;
  const said = await askNpm({ program, args: ['--version'], cwd, env: quiet }).catch(() => null);
  return said?.status === 0 ? (/^\d+\.\d+\.\d+\S*$/m.exec(said.stdout)?.[0] ?? null) : null;
}
