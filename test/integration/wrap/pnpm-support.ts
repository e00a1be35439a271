import path from 'node:path';
import { main } from '../../../src/cli/main.js';
import { fakeIo } from '../../support/fake-io.js';
import { type PnpmManager, pnpmEnv } from '../../support/pnpm-managers.js';
import { pnpmFolder } from '../../support/pnpm-on-path.js';
import { writeProject } from '../../support/projects.js';
import type { TarballRegistry } from '../../support/tarball-registry.js';
import { temporary } from './support.js';

type Where = {
  readonly cwd?: string;
  readonly files?: Readonly<Record<string, string | object>>;
  readonly home?: string;
  readonly env?: Readonly<Record<string, string>>;
};

/** Runs the program in this process with this pnpm on the PATH; what pnpm prints goes past us. */
export async function guardedPnpm(
  manager: PnpmManager,
  registry: TarballRegistry,
  words: readonly string[],
  { cwd, files = {}, home = temporary(), env = {} }: Where = {},
) {
  const dir = cwd ?? writeProject({ 'package.json': { name: 'project', version: '1.0.0' }, ...files });
  const { io, stdout, stderr } = fakeIo({ cwd: dir, env: guardedEnv(manager, registry, home, env) });
  const { status, signal } = await main(['--downloads-url', 'none', ...words], io);
  return { status, signal, stdout: stdout(), stderr: stderr(), dir, home };
}

export function guardedEnv(
  manager: PnpmManager,
  registry: TarballRegistry,
  home: string,
  env: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const own = pnpmEnv(manager, { home, registry: registry.url, env });
  return {
    ...own,
    PATH: [pnpmFolder(manager), own['PATH']].join(path.delimiter),
    PHANTOM_GUARD_CACHE_DIR: path.join(home, 'guard'),
  };
}
