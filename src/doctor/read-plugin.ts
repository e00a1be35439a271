import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { GuardError } from '../errors.js';
import { manifestIn } from '../wiring/package-root.js';
import { PLUGIN_NAME } from '../wiring/plugin-pin.js';
import { readWorkspaceSettings } from '../wiring/pnpm-detours.js';
import { ownFolder } from './own-files.js';

/** Of `pnpmfile.cjs` in the plugin, which is the same in every release. */
const ENTRY_SHA256 = 'f5b53f09b741042cf64071d8925c0be770af7db23011f89758943b46fcbdf730';

/** The guard as a config dependency of pnpm; `null` = the project does not have it. */
export type PluginFacts = {
  /** As pnpm-workspace.yaml has it, without the integrity; `null` = it names no version. */
  readonly version: string | null;
  readonly ownVersion: string;
  /** What lies in node_modules; `missing` = pnpm has not installed it yet, and will. */
  readonly installed: 'missing' | 'ours' | 'modified';
};

/** What pnpm-workspace.yaml says of the plugin; a file that can't be read says nothing, and is told elsewhere. */
export async function readPlugin(dir: string): Promise<PluginFacts | null> {
  const entry = await entryIn(dir);
  if (entry === undefined || entry === null) return null;
  const version = typeof entry === 'string' ? (/^[^+]+/.exec(entry)?.[0] ?? null) : null;
  const ownVersion = String(manifestIn(ownFolder())?.['version']);
  return { version, ownVersion, installed: await installedState(dir, version, ownVersion) };
}

async function entryIn(dir: string): Promise<unknown> {
  try {
    const { configDependencies } = await readWorkspaceSettings(dir);
    return (configDependencies as Readonly<Record<string, unknown>> | null | undefined)?.[PLUGIN_NAME];
  } catch (error) {
    if (error instanceof GuardError) return null;
    throw error;
  }
}

async function installedState(
  dir: string,
  version: string | null,
  ownVersion: string,
): Promise<PluginFacts['installed']> {
  const folder = path.join(dir, 'node_modules', '.pnpm-config', PLUGIN_NAME);
  const manifest = manifestIn(folder);
  if (manifest === null) return 'missing';
  if (version !== null && manifest['version'] !== version) return 'modified';
  const entry = await readFile(path.join(folder, 'pnpmfile.cjs')).catch(() => Buffer.alloc(0));
  if (createHash('sha256').update(entry).digest('hex') !== ENTRY_SHA256) return 'modified';
  if (manifest['version'] !== ownVersion) return 'ours';
  const hooks = path.join('hooks', 'pnpmfile.cjs');
  const present = await readFile(path.join(folder, hooks), 'utf8').catch(() => null);
  return present === (await readFile(path.join(ownFolder(), hooks), 'utf8')) ? 'ours' : 'modified';
}
