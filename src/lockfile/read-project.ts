import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isThere } from '../inputs/is-there.js';
import { noteLockfiles } from '../inputs/trace.js';
import type { ResolvedTree, Unchecked } from '../model/resolved-tree.js';
import type { DependencyRequest } from './dependency-request.js';
import type { DraftTree } from './draft-tree.js';
import { finishTree } from './finish-tree.js';
import { detectManager, type Manager, type ManagerChoice } from './manager.js';
import type { Manifest } from './manifest.js';
import { addManifests, type Project, replacements } from './manifest-requests.js';
import type { OwnProjects } from './own-projects.js';
import type { Catalogs } from './parse-spec.js';
import type { BranchLockfiles } from './pnpm/branch-lockfile.js';
import { isBranchLockfile } from './pnpm/branch-lockfile-name.js';
import { noteOverrides } from './pnpm/note-overrides.js';
import { patchLines } from './pnpm/patch-lines.js';
import type { PnpmWorkspace } from './pnpm/pnpm-workspace.js';
import { readLockfile, readPnpmLockfiles } from './read-lockfile.js';
import { readManifest } from './read-manifest.js';
import { asGuardError } from './read-text.js';
import { readMembers } from './read-workspaces.js';

const NO_WORKSPACE: PnpmWorkspace = {
  packages: [],
  catalogs: new Map(),
  overrides: [],
  settings: [],
  patches: [],
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
  const branches = await branchLockfiles(directory, files, choice.manager);
  const names = [choice.lockfile, branches.current].filter((name) => name !== null);
  const draft = await readDraft(directory, names, manifest);
  const unused = [...choice.unused, ...branches.others];
  return completeProject(directory, manifest, draft, { manager: choice.manager, unused });
}

async function readDraft(
  directory: string,
  names: readonly string[],
  manifest: Manifest | null,
): Promise<DraftTree> {
  const [first, ...rest] = names.map((name) => join(directory, name));
  if (first === undefined) return emptyDraft(join(directory, 'package.json'));
  return await (rest.length === 0 ? readLockfile(first, manifest) : readPnpmLockfiles([first, ...rest]));
}

async function branchLockfiles(
  directory: string,
  files: readonly string[],
  manager: Manager,
): Promise<BranchLockfiles> {
  if (manager !== 'pnpm' || !files.some(isBranchLockfile)) return { current: null, others: [] };
  const { findBranchLockfiles } = await import('./pnpm/branch-lockfile.js');
  return findBranchLockfiles(directory, files);
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
  const patches = [...workspace.patches, ...(manager === 'pnpm' ? (manifest?.patches ?? []) : [])];
  const notes: readonly Unchecked[] = [
    ...draft.unchecked,
    ...unused,
    ...unchecked,
    ...(manager === 'pnpm' ? ownLockfiles(directory, members) : []),
    ...patchLines(directory, patches),
  ];
  return finishTree({ ...full, unchecked: notes }, catalogs, ownProjects(members, manager, workspace));
}

/** With `sharedWorkspaceLockfile: false` each project has one. */
function ownLockfiles(directory: string, members: readonly Project[]): readonly Unchecked[] {
  const files = members.map(({ path }) => `${path}/pnpm-lock.yaml`);
  const reason = "a project's own lockfile: only `check` of its folder judges it";
  return files.filter((file) => isThere(join(directory, file))).map((id) => ({ id, reason }));
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
  const { readPnpmWorkspace } = await import('./pnpm/index.js');
  return readPnpmWorkspace(directory);
}

async function listFiles(directory: string): Promise<readonly string[]> {
  try {
    const files = await readdir(directory);
    noteLockfiles(directory);
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
