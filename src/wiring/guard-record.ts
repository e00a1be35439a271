import path from 'node:path';
import { fileChange, type Plan } from './change.js';
import { installedIntegrity, sha512Of } from './hidden-lockfile.js';
import { guardHome } from './places.js';
import { readBytes } from './read-bytes.js';
import type { WiredProject } from './wiring.js';

type Part = Pick<Plan, 'changes' | 'notes'>;
type GuardRecord = { readonly version: unknown; readonly integrity: unknown };

/** From what a clean clone gets the guard; hooks/preinstall.cjs reads it. */
export const RECORD_FILE = 'phantom-guard.lock.json';

/** The running version with an integrity that npm or the registry knows. Without one nothing is written. */
export async function planRecord(project: WiredProject): Promise<Part> {
  const file = path.join(project.dir, RECORD_FILE);
  const bytes = await readBytes(file);
  const { version } = project.running;
  const present = parseRecord(bytes);
  if (present?.version === version && sha512Of(String(present.integrity)) !== null)
    return { changes: [], notes: [] };
  const integrity = (await installedIntegrity(project.running)) ?? (await project.publishedIntegrity());
  if (integrity === null) return { changes: [], notes: [unknown(version, guardHome(project.env))] };
  const text = `${JSON.stringify({ version, integrity }, null, 2)}\n`;
  return { changes: fileChange(file, bytes, Buffer.from(text)), notes: [] };
}

/** Takes the record out; a file with other keys is somebody else's. */
export async function unplanRecord({ dir }: WiredProject): Promise<Part> {
  const file = path.join(dir, RECORD_FILE);
  const bytes = await readBytes(file);
  if (bytes === null) return { changes: [], notes: [] };
  return parseRecord(bytes) === null
    ? { changes: [], notes: [`${RECORD_FILE} has other keys than "version" and "integrity", and stays.`] }
    : { changes: fileChange(file, bytes, null), notes: [] };
}

function parseRecord(bytes: Buffer | null): GuardRecord | null {
  if (bytes === null) return null;
  try {
    const json: unknown = JSON.parse(bytes.toString('utf8'));
    const keys = typeof json === 'object' && json !== null ? Object.keys(json).toSorted() : [];
    return keys.join() === 'integrity,version' ? (json as GuardRecord) : null;
  } catch {
    // Whatever it is, it is no record.
    return null;
  }
}

function unknown(version: string, home: string): string {
  return `Neither npm's files nor the registry say with which integrity phantom-guard-install ${version} comes, so ${RECORD_FILE} is not written. Whoever installs in this project, here or in a clone, then needs an install of the guard, once: phantom-guard-install init --global, or npm install --ignore-scripts --prefix "${home}" phantom-guard-install`;
}
