import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { GuardError } from '../errors.js';
import { detectManager } from '../lockfile/manager.js';
import type { Manifest } from '../lockfile/manifest.js';
import { readManifest } from '../lockfile/read-manifest.js';
import { readTextIfPresent } from '../lockfile/read-text.js';
import { readYamlRegistries } from '../lockfile/read-yaml-registries.js';
import { differsByVersion, type PnpmConfig, type PnpmIni, type PnpmYaml } from '../registry/pnpm-config.js';
import type { Io } from './io.js';
import { type CheckOptions, npmCommandLine } from './options.js';

const WORKSPACE_FILE = 'pnpm-workspace.yaml';

/**
 * What pnpm reads of registries in `projectDir`; `null` where another manager is in use.
 *
 * @param running the manager that is at work there; `null` = the one that the project uses
 * @throws GuardError MANIFEST_UNREADABLE
 */
export async function readPnpmConfig(
  projectDir: string,
  running: 'npm' | 'pnpm' | null,
  io: Io,
): Promise<PnpmConfig | null> {
  if (running === 'npm') return null;
  const root = workspaceRoot(projectDir);
  const manifest = await manifestOf(projectDir);
  if (running === null && !(await usesPnpm(projectDir, manifest, root !== null))) return null;
  const user = userFolder(io);
  const found = {
    workspace: await readYaml(path.join(root ?? projectDir, WORKSPACE_FILE)),
    user: await readYaml(path.join(user, 'config.yaml')),
    authIni: await readIni(path.join(user, 'auth.ini')),
    rc: await readIni(path.join(user, 'rc')),
  };
  const stated = await statedVersion(manifest, root, projectDir);
  return { ...found, version: runningVersion(io) ?? stated };
}

/** A line for the user, where pnpm's versions disagree on the registries and nobody says which one it is. */
export async function pnpmVersionNotices(
  config: PnpmConfig | null,
  cwd: string,
  options: CheckOptions,
  { env }: Io,
): Promise<readonly string[]> {
  if (config === null || config.version !== null || !differsByVersion(config, env)) return [];
  const { readRegistrySettings } = await import('../registry/read-npm-config.js');
  const read = async (version: PnpmConfig['version']): Promise<string> => {
    const pnpm = { ...config, version };
    const settings = await readRegistrySettings({ cwd, env, argv: npmCommandLine(options), pnpm });
    return JSON.stringify([settings.registry, Object.entries(settings.scopeRegistries).sort()]);
  };
  const judged = await read(null);
  const others = await Promise.all([read({ major: 10, minor: 34 }), read({ major: 11, minor: 0 })]);
  return others.every((one) => one === judged) ? [] : [UNKNOWN_VERSION];
}

const UNKNOWN_VERSION =
  'Which registries pnpm asks here depends on its version, which package.json does not name (packageManager): judged by pnpm-workspace.yaml and what else pnpm 11 and later read.';

/** The nearest folder, this one or above, with a pnpm-workspace.yaml, as pnpm looks for it. */
function workspaceRoot(dir: string): string | null {
  for (let folder = dir; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, WORKSPACE_FILE))) return folder;
    if (folder === path.dirname(folder)) return null;
  }
}

async function manifestOf(dir: string): Promise<Manifest | null> {
  try {
    return await readManifest(path.join(dir, 'package.json'));
  } catch (error) {
    // Whoever reads the tree tells it.
    if (error instanceof GuardError) return null;
    throw error;
  }
}

async function usesPnpm(dir: string, manifest: Manifest | null, inWorkspace: boolean): Promise<boolean> {
  const files = await readdir(dir).catch(() => []);
  try {
    const { manager, lockfile } = detectManager(manifest, files);
    const isNamed = manifest?.packageManager != null || (manifest?.devEngineManagers.length ?? 0) > 0;
    return manager === 'pnpm' || (inWorkspace && lockfile === null && !isNamed);
  } catch (error) {
    if (error instanceof GuardError) return inWorkspace && error.code === 'NO_PROJECT';
    throw error;
  }
}

async function statedVersion(
  manifest: Manifest | null,
  root: string | null,
  projectDir: string,
): Promise<PnpmConfig['version']> {
  if (manifest?.pnpmVersion != null || root === null || root === projectDir)
    return manifest?.pnpmVersion ?? null;
  return (await manifestOf(root))?.pnpmVersion ?? null;
}

/** pnpm says it to the scripts that it runs. */
function runningVersion({ env }: Io): PnpmConfig['version'] {
  const [, major, minor] = /^pnpm\/(\d{1,6})\.(\d{1,6})\./.exec(env['npm_config_user_agent'] ?? '') ?? [];
  return major === undefined ? null : { major: Number(major), minor: Number(minor) };
}

/** https://pnpm.io/configuring */
function userFolder({ env, home, platform }: Io): string {
  if (env['XDG_CONFIG_HOME']) return path.join(env['XDG_CONFIG_HOME'], 'pnpm');
  if (platform === 'darwin') return path.join(home, 'Library', 'Preferences', 'pnpm');
  if (platform !== 'win32') return path.join(home, '.config', 'pnpm');
  return env['LOCALAPPDATA']
    ? path.join(env['LOCALAPPDATA'], 'pnpm', 'config')
    : path.join(home, '.config', 'pnpm');
}

async function readYaml(file: string): Promise<PnpmYaml> {
  return { path: file, ...(await readYamlRegistries(file)) };
}

async function readIni(file: string): Promise<PnpmIni | null> {
  const input = await readTextIfPresent(file);
  return input === null ? null : { path: file, text: input.text };
}
