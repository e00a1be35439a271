import path from 'node:path';
import { GuardError } from '../errors.js';
import { planRecord, unplanRecord } from './guard-record.js';
import { FINDER, HOOK_FOLDER, PNPM_HOOKS, planHookFile, unplanHookFile } from './hook-file.js';
import { planPnpmfile, USER_FILE, unplanPnpmfile } from './plan-pnpmfile.js';
import { type Detour, findDetours, readWorkspaceSettings, STUB } from './pnpm-detours.js';
import { relockNotes } from './relock.js';
import { COMMIT_NOTE, joinParts, type Part, type WiredProject, type Wiring } from './wiring.js';

const OPEN_NOTE =
  'pnpm calls no hook of a project for dlx, create, add -g and with --ignore-pnpmfile: these are not guarded by it.';

/** pnpm: the stub that is its .pnpmfile.cjs, what the stub loads, and from where a clone gets the guard. */
export const pnpmWiring: Wiring = {
  manager: 'pnpm',
  plan: async (project) => {
    const [detour] = await findDetours(project.dir);
    if (detour !== undefined) throw inert(detour);
    const hooks = [
      await planHookFile(project, FINDER),
      await planHookFile(project, PNPM_HOOKS),
      await planRecord(project),
    ];
    const pnpmfile = await planPnpmfile(project);
    const notes = await notesOn(project, pnpmfile);
    return { ...joinParts([...hooks, pnpmfile, { changes: [], notes }]), emptied: [] };
  },
  unplan: async (project) => {
    const pnpmfile = await unplanPnpmfile(project);
    const notes = await relockNotes(project.dir, pnpmfile.changes.length > 0, 'the stub', true);
    const parts = [
      { ...pnpmfile, notes: [...pnpmfile.notes, ...notes] },
      await unplanHookFile(project, PNPM_HOOKS),
      await unplanRecord(project),
      await unplanHookFile(project, FINDER),
    ];
    return { ...joinParts(parts), emptied: [path.join(project.dir, HOOK_FOLDER)] };
  },
};

async function notesOn({ dir }: WiredProject, { changes }: Part): Promise<readonly string[]> {
  const { sharedWorkspaceLockfile } = await readWorkspaceSettings(dir);
  return [
    COMMIT_NOTE,
    ...(await relockNotes(dir, changes.length > 0, 'the stub')),
    ...(sharedWorkspaceLockfile === false ? [OWN_LOCKFILES_NOTE] : []),
    OPEN_NOTE,
  ];
}

const OWN_LOCKFILES_NOTE =
  'sharedWorkspaceLockfile is false: pnpm 11 calls no hook of the root when it is run in the folder of a project. Run it in the root.';

const REMEDIES: Readonly<Record<Detour['kind'], string>> = {
  ignored: 'Take the setting out, then run init again.',
  elsewhere: `Rename the file that it names to ${STUB} and take the setting out, then run init again: its hooks go on to run.`,
  module: `Write its hooks as CommonJS (module.exports = { hooks }) into ${STUB} and remove it, then run init again: they move to ${USER_FILE} and go on to run.`,
};

function inert({ kind, setting, file, heldBy }: Detour): GuardError {
  const where = setting === file ? `there is a ${file}` : `${file} says ${setting}`;
  return new GuardError(
    'USAGE',
    `${where}, and so ${heldBy} would not load the hooks of the guard in ${STUB}`,
    REMEDIES[kind],
  );
}
