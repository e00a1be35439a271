import path from 'node:path';
import { fileChange, type Plan } from './change.js';
import { addPreinstall, removePreinstall } from './edit-preinstall.js';
import { planRecord, unplanRecord } from './guard-record.js';
import { FINDER, HOOK_FOLDER, planHookFile, unplanHookFile } from './hook-file.js';
import { manifestIn } from './package-root.js';
import { readBytes } from './read-bytes.js';
import { planStrictScripts, unplanStrictScripts } from './strict-allow-scripts.js';
import { COMMIT_NOTE, joinParts, type Part, type WiredProject, type Wiring } from './wiring.js';

const BOM = Buffer.from('\uFEFF', 'utf8');

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
      await planHookFile(project, FINDER),
      await planRecord(project),
      await planStrictScripts(project),
      await planManifest(project),
    ];
    return { ...joinParts(parts), emptied: [] };
  },
  unplan: async (project) => {
    const parts = [
      await unplanManifest(project),
      await unplanStrictScripts(project),
      await unplanRecord(project),
      await unplanHookFile(project, FINDER),
    ];
    return { ...joinParts(parts), emptied: [path.join(project.dir, HOOK_FOLDER)] };
  },
};

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
