import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { main } from '../../../src/cli/main.js';
import { fakeIo } from '../../support/fake-io.js';
import { writeProject } from '../../support/projects.js';
import type { PackageDefinition, TarballRegistry } from '../../support/tarball-registry.js';

export const PROGRAM = {
  'cli.js': '#!/usr/bin/env node\nprocess.exitCode = Number(process.argv[2] ?? 0);\n',
};

/** Years old, many releases: nothing stands against it. */
export function healthy(name: string, manifest: Readonly<Record<string, unknown>> = {}): PackageDefinition {
  const versions = Array.from({ length: 12 }, (_, index) => `1.${index}.0`);
  const one = { manifest: { bin: { [name]: 'cli.js' }, ...manifest }, files: PROGRAM };
  return { name, ageDays: 2_000, versions: Object.fromEntries(versions.map((version) => [version, one])) };
}

type Where = {
  readonly cwd?: string;
  readonly files?: Readonly<Record<string, string | object>>;
  readonly home?: string;
};

/** Runs the program in this process with the npm on the PATH; what npm prints goes past us. */
export async function guarded(
  registry: TarballRegistry,
  words: readonly string[],
  { cwd, files = {}, home = temporary() }: Where = {},
) {
  const dir = cwd ?? writeProject({ 'package.json': { name: 'project', version: '1.0.0' }, ...files });
  const { io, stderr } = fakeIo({
    cwd: dir,
    env: {
      npm_config_registry: registry.url,
      npm_config_cache: path.join(home, 'npm'),
      npm_config_prefix: path.join(home, 'prefix'),
      npm_config_loglevel: 'silent',
      npm_config_fund: 'false',
      npm_config_audit: 'false',
      npm_config_update_notifier: 'false',
      PHANTOM_GUARD_CACHE_DIR: path.join(home, 'guard'),
    },
  });
  const { status, signal } = await main(['--downloads-url', 'none', ...words], io);
  return { status, signal, stderr: stderr(), dir, home };
}

export function temporary(): string {
  return mkdtempSync(path.join(tmpdir(), 'phantom-guard-wrap-'));
}

export function installed(dir: string): string[] {
  const modules = path.join(dir, 'node_modules');
  return existsSync(modules) ? readdirSync(modules).filter((name) => !name.startsWith('.')) : [];
}
