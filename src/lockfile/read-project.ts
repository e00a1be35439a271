import { readdir, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { notePlace } from '../inputs/trace.js';
import type { ResolvedTree, Unchecked } from '../model/resolved-tree.js';
import type { DependencyRequest } from './dependency-request.js';
import type { DraftTree } from './draft-tree.js';
import { finishTree } from './finish-tree.js';
import { detectManager, LOCKFILE_NAMES, type Manager, type ManagerChoice } from './manager.js';
import type { Manifest } from './manifest.js';
import { addManifests, type Project, replacements } from './manifest-requests.js';
import type { OwnProjects } from './own-projects.js';
import type { Catalogs } from './parse-spec.js';
import { noteOverrides } from './pnpm/note-overrides.js';
import type { PnpmWorkspace } from './pnpm/pnpm-workspace.js';
import { readLockfile } from './read-lockfile.js';
import { readManifest } from './read-manifest.js';
import { asGuardError } from './read-text.js';
import { readMembers } from './read-workspaces.js';

const NO_WORKSPACE: PnpmWorkspace = {
  packages: [],
  catalogs: new Map(),
  overrides: [],
  settings: [],
  linksRanges: false,
};

/**
 * Reads the tree of a project directory: its lockfile, and what the manifests on the disk ask for besides.
 *
 * @param running the manager that is at work there, whatever the project says; `null` = the one that it uses
 * @throws GuardError NO_PROJECT, UNSUPPORTED_MANAGER, MANIFEST_UNREADABLE and those of {@link readLockfile}
 */
export async function readProject(directory: string, running: 'pnpm' | null = null): Promise<ResolvedTree> {
  const manifest = await readManifest(join(directory, 'package.json'));
  const files = await listFiles(directory);
  const choice = running === null ? detectManager(manifest, files) : choiceOf(running, files);
  const draft =
    choice.lockfile === null
      ? emptyDraft(join(directory, 'package.json'))
      : await readLockfile(join(directory, choice.lockfile), manifest);
  return completeProject(directory, manifest, draft, choice);
}

function choiceOf(manager: 'pnpm', files: readonly string[]): ManagerChoice {
  const lockfile = files.includes('pnpm-lock.yaml') ? 'pnpm-lock.yaml' : null;
  return { manager, because: 'it runs', lockfile, unused: [] };
}

/** Reads the names that one package.json, and the workspace projects that it names, ask for. */
export async function readManifestTree(path: string): Promise<ResolvedTree> {
  const manifest = await readManifest(path);
  const named = manifest?.packageManager ?? manifest?.devEngineManagers[0];
  const manager = named === 'pnpm' ? 'pnpm' : 'npm';
  return completeProject(dirname(path), manifest, emptyDraft(path), { manager, unused: [] });
}

async function completeProject(
  directory: string,
  manifest: Manifest | null,
  draft: DraftTree,
  { manager, unused }: Pick<ManagerChoice, 'manager' | 'unused'>,
): Promise<ResolvedTree> {
  const workspace = manager === 'pnpm' ? await readPnpmSettings(directory) : NO_WORKSPACE;
  const patterns = manager === 'pnpm' ? workspace.packages : (manifest?.workspaces ?? []);
  const paths = draft.importers.map(({ path }) => path);
  const { members, unchecked } = await readMembers(directory, patterns, paths);
  const root: readonly Project[] = manifest === null ? [] : [{ path: '.', manifest }];
  const { catalogs, settings, overrides } = workspace;
  const lines = [...overrides, ...catalogLines(catalogs)];
  const extra = [...settings, ...replacements(draft, lines, catalogs)];
  const noted =
    manager === 'pnpm'
      ? noteOverrides(draft, [...overrides, ...(manifest?.overrides ?? [])], catalogs)
      : draft;
  const full = addManifests(noted, [...root, ...members], extra, catalogs);
  const notes: readonly Unchecked[] = [...draft.unchecked, ...unused, ...unchecked];
  return finishTree({ ...full, unchecked: notes }, catalogs, ownProjects(members, manager, workspace));
}

function catalogLines(catalogs: Catalogs): readonly DependencyRequest[] {
  const lines = [...catalogs.values()].flatMap((catalog) => [...catalog]);
  return lines.map(([key, spec]) => ({ key, spec, kind: 'prod' }));
}

function ownProjects(
  members: readonly Project[],
  manager: Manager,
  { linksRanges }: PnpmWorkspace,
): OwnProjects {
  const versions = new Map<string, string[]>();
  for (const { manifest } of members) {
    if (manifest.name !== null)
      versions.set(manifest.name, manifest.version === null ? [] : [manifest.version]);
  }
  return { versions, linkedBy: manager === 'npm' || linksRanges ? manager : 'none' };
}

async function readPnpmSettings(directory: string): Promise<PnpmWorkspace> {
  const { readPnpmWorkspace } = await import('./read-pnpm-workspace.js');
  return readPnpmWorkspace(directory);
}

async function listFiles(directory: string): Promise<readonly string[]> {
  try {
    const files = await readdir(directory);
    for (const name of LOCKFILE_NAMES) {
      const file = join(directory, name);
      notePlace(file, files.includes(name) ? await realpath(file) : null);
    }
    return files;
  } catch (error) {
    throw asGuardError(directory, error);
  }
}

function emptyDraft(path: string): DraftTree {
  return {
    format: 'package-json',
    path,
    lockfileVersion: null,
    importers: [{ id: 'root', path: '.' }],
    entries: [],
    edges: new Map(),
    open: [],
    unchecked: [],
  };
}
