import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { findOnPath } from './find-on-path.js';

type Env = Readonly<Record<string, string | undefined>>;

export type PnpmFacts = {
  /** The first pnpm on the PATH; `null` = none. */
  readonly path: string | null;
  /** The project says that it uses pnpm. */
  readonly isUsed: boolean;
};

export async function readPnpm(project: string, env: Env): Promise<PnpmFacts> {
  const [first] = await findOnPath('pnpm', env);
  const hasLockfile = existsSync(path.join(project, 'pnpm-lock.yaml'));
  return { path: first?.file ?? null, isUsed: hasLockfile || (await isNamed(project)) };
}

async function isNamed(project: string): Promise<boolean> {
  try {
    const manifest = JSON.parse(await readFile(path.join(project, 'package.json'), 'utf8')) as {
      readonly packageManager?: unknown;
      readonly devEngines?: { readonly packageManager?: { readonly name?: unknown } };
    };
    if (String(manifest.packageManager).startsWith('pnpm@')) return true;
    return manifest.devEngines?.packageManager?.name === 'pnpm';
  } catch {
    return false;
  }
}
