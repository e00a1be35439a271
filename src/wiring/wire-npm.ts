import path from 'node:path';
import { GuardError } from '../errors.js';
import { fileChange, type Plan } from './change.js';
import { addPreinstall, removePreinstall } from './edit-preinstall.js';
import { planRecord, unplanRecord } from './guard-record.js';
import { manifestIn } from './package-root.js';
import { readBytes } from './read-bytes.js';
import { planStrictScripts, unplanStrictScripts } from './strict-allow-scripts.js';
import type { WiredProject, Wiring } from './wiring.js';

type Part = Pick<Plan, 'changes' | 'notes'>;

const FOLDER = '.phantom-guard';
/** How every version of the copied file begins. */
export const HOOK_HEADER = '// The `preinstall` script of a guarded project:';
const BOM = Buffer.from('\uFEFF', 'utf8');

const COMMIT_NOTE = 'Commit what was written with the project, the folder .phantom-guard included.';
const GATE_NOTE =
  'The script gate is a setting of the user and has no form for a project: "phantom-guard-install init --global" wires it, with npm and npx themselves.';
const LATE_NOTE =
  'npm 12 runs this script before anything is downloaded. npm 10 and 11 run it after the scripts of the dependencies: there it tells, and does not prevent.';
const PUBLISHED_NOTE =
  'package.json is not private: whoever installs this package from a registry would run the preinstall script too, and fail. Before you publish it, run "phantom-guard-install init --undo".';

/** npm: a copy of hooks/preinstall.cjs, the script that runs it, from where a clone gets the guard, and strict scripts. */
export const npmWiring: Wiring = {
  manager: 'npm',
  plan: async (project) => {
    const parts = [
      await planHook(project),
      await planRecord(project),
      await planStrictScripts(project),
      await planManifest(project),
    ];
    return { ...joined(parts), emptied: [] };
  },
  unplan: async (project) => {
    const parts = [
      await unplanManifest(project),
      await unplanStrictScripts(project),
      await unplanRecord(project),
      await unplanHook(project),
    ];
    return { ...joined(parts), emptied: [path.join(project.dir, FOLDER)] };
  },
};

function joined(parts: readonly Part[]): Part {
  return { changes: parts.flatMap(({ changes }) => changes), notes: parts.flatMap(({ notes }) => notes) };
}

function hookFile(dir: string): string {
  return path.join(dir, FOLDER, 'preinstall.cjs');
}

async function planHook({ dir, running }: WiredProject): Promise<Part> {
  const source = path.join(running.root, 'hooks', 'preinstall.cjs');
  const wanted = await readBytes(source);
  if (wanted === null)
    throw new GuardError('INTERNAL', `${source} is missing`, 'Install phantom-guard-install again.');
  const present = await readBytes(hookFile(dir));
  if (present !== null && !isHook(present)) {
    throw new GuardError(
      'USAGE',
      `${FOLDER}/preinstall.cjs is there, and is not this program's`,
      'Move it away, then run init again.',
    );
  }
  return { changes: fileChange(hookFile(dir), present, wanted), notes: [] };
}

async function unplanHook({ dir }: WiredProject): Promise<Part> {
  const present = await readBytes(hookFile(dir));
  if (present === null) return { changes: [], notes: [] };
  return isHook(present)
    ? { changes: fileChange(hookFile(dir), present, null), notes: [] }
    : { changes: [], notes: [`${FOLDER}/preinstall.cjs is not this program's, and stays.`] };
}

/** Whether a file is the copied hook, of whatever version. */
export function isHook(bytes: Buffer): boolean {
  return bytes.subarray(0, HOOK_HEADER.length).toString('utf8') === HOOK_HEADER;
}

async function planManifest(project: WiredProject): Promise<Part> {
  const isPrivate = manifestIn(project.dir)?.['private'] === true;
  const notes = [COMMIT_NOTE, LATE_NOTE, GATE_NOTE, ...(isPrivate ? [] : [PUBLISHED_NOTE])];
  return { changes: await editManifest(project, addPreinstall), notes };
}

async function unplanManifest(project: WiredProject): Promise<Part> {
  return { changes: await editManifest(project, removePreinstall), notes: [] };
}

async function editManifest({ dir }: WiredProject, edit: (text: string) => string): Promise<Plan['changes']> {
  const file = path.join(dir, 'package.json');
  const bytes = await readBytes(file);
  if (bytes === null) return [];
  const hasBom = bytes.subarray(0, BOM.length).equals(BOM);
  const text = bytes.subarray(hasBom ? BOM.length : 0).toString('utf8');
  const edited = Buffer.from(edit(text), 'utf8');
  return fileChange(file, bytes, hasBom ? Buffer.concat([BOM, edited]) : edited);
}
