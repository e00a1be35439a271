import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import semver from 'semver';
import { GuardError } from '../errors.js';
import type { NpmLayer } from '../registry/npm-layers.js';
import type { Places } from '../wiring/places.js';
import { type Detour, findDetours, STUB, WORKSPACE_FILE } from '../wiring/pnpm-detours.js';
import { pnpmWorkspaceRoot } from '../wiring/pnpm-root.js';
import { findOnPath } from './find-on-path.js';
import { ownFolder } from './own-files.js';
import { pnpmVersion } from './pnpm-version.js';
import { type HookState, readHooks } from './read-hooks.js';
import { type PluginFacts, readPlugin } from './read-plugin.js';
import { type PnpmSettings, readPnpmSettings } from './read-pnpm-settings.js';

type Env = Readonly<Record<string, string | undefined>>;
type FileState = HookState['file'];

export type PnpmFacts = {
  /** The first pnpm on the PATH; `null` = none. */
  readonly path: string | null;
  /** `null` = unknown. */
  readonly version: string | null;
  /** The project says that it uses pnpm. */
  readonly isUsed: boolean;
  readonly hasLockfile: boolean;
  /** Where pnpm reads hooks: `missing` = there are none, or other ones. */
  readonly stub: FileState;
  /** What the stub loads. */
  readonly hooks: FileState;
  /** What that finds the guard with, in the same folder. */
  readonly finder: Pick<HookState, 'file' | 'record' | 'guard'>;
  /** The guard as a config dependency. */
  readonly plugin: PluginFacts | null;
  /** What makes this pnpm load other hooks, or none. */
  readonly detours: readonly Detour[];
  readonly settings: PnpmSettings;
  /** Why the settings could not be read. */
  readonly problem: { readonly message: string; readonly hint: string } | null;
};

const HOOKS = '.phantom-guard/pnpmfile.cjs';
const HEADER = '// phantom-guard-install. pnpm-lock.yaml holds';

type PnpmRequest = {
  readonly project: string;
  readonly places: Places;
  readonly layers: readonly NpmLayer[];
  readonly env: Env;
};

export async function readPnpm({ project, places, layers, env }: PnpmRequest): Promise<PnpmFacts> {
  const [first] = await findOnPath('pnpm', env);
  const dir = pnpmWorkspaceRoot(project) ?? project;
  const isUsed = await usesPnpm(project, dir);
  const program = first?.file ?? null;
  const version = isUsed ? await pnpmVersion(dir, program, env) : null;
  return {
    path: program,
    version,
    isUsed,
    hasLockfile: existsSync(path.join(dir, 'pnpm-lock.yaml')),
    stub: await stubState(dir),
    hooks: await stateOf(path.join(dir, HOOKS), 'pnpmfile.cjs'),
    finder: await readHooks(dir, places),
    plugin: await readPlugin(dir),
    ...(await readSettings(dir, version, layers, env)),
  };
}

async function readSettings(
  dir: string,
  version: string | null,
  layers: readonly NpmLayer[],
  env: Env,
): Promise<Pick<PnpmFacts, 'detours' | 'settings' | 'problem'>> {
  try {
    const all = await findDetours(dir);
    if (version === null) return { detours: all, settings: {}, problem: null };
    const settings = await readPnpmSettings(dir, version, layers, env);
    const detours = all.filter(({ holdsFor }) => holdsFor(semver.major(version)));
    return { detours: [...detours, ...ignoredElsewhere(settings, detours)], settings, problem: null };
  } catch (error) {
    if (!(error instanceof GuardError)) throw error;
    return { detours: [], settings: {}, problem: { message: error.message, hint: error.hint } };
  }
}

/** `ignorePnpmfile` of the user or the environment; pnpm does not read it from package.json. */
function ignoredElsewhere({ ignorePnpmfile }: PnpmSettings, known: readonly Detour[]): readonly Detour[] {
  if (String(ignorePnpmfile?.value) !== 'true' || known.some(({ kind }) => kind === 'ignored')) return [];
  const file = ignorePnpmfile?.source ?? '';
  if (file === 'package.json') return [];
  return [{ kind: 'ignored', setting: 'ignore-pnpmfile', file, heldBy: 'this pnpm', holdsFor: () => true }];
}

async function stubState(dir: string): Promise<FileState> {
  const text = await readFile(path.join(dir, STUB), 'utf8').catch(() => '');
  return text.startsWith(HEADER) ? await stateOf(path.join(dir, STUB), 'pnpmfile-stub.cjs') : 'missing';
}

async function stateOf(file: string, own: string): Promise<FileState> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return 'missing';
  return text === (await readFile(path.join(ownFolder(), 'hooks', own), 'utf8')) ? 'ours' : 'modified';
}

/** What package.json names wins over what lies there. */
async function usesPnpm(project: string, root: string): Promise<boolean> {
  const named = await namedManager(project);
  if (named !== null) return named === 'pnpm';
  const has = (dir: string, file: string): boolean => existsSync(path.join(dir, file));
  if (has(project, 'package-lock.json') || has(project, 'npm-shrinkwrap.json')) return false;
  return has(project, 'pnpm-lock.yaml') || has(root, WORKSPACE_FILE);
}

async function namedManager(project: string): Promise<string | null> {
  try {
    const manifest = JSON.parse(await readFile(path.join(project, 'package.json'), 'utf8')) as {
      readonly packageManager?: unknown;
      readonly devEngines?: { readonly packageManager?: { readonly name?: unknown } };
    };
    const { packageManager, devEngines } = manifest;
    if (typeof packageManager === 'string') return packageManager.split('@')[0] ?? null;
    const name = devEngines?.packageManager?.name;
    return typeof name === 'string' ? name : null;
  } catch {
    return null;
  }
}
