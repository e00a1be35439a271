import path from 'node:path';
import { unreadableManifest } from '../lockfile/manifest.js';
import { parseYaml } from '../lockfile/pnpm/parse-yaml.js';
import { recordAt } from '../lockfile/shape.js';
import { npmrcSetting } from './npmrc.js';
import { readBytes } from './read-bytes.js';

export const STUB = '.pnpmfile.cjs';
export const WORKSPACE_FILE = 'pnpm-workspace.yaml';
/** pnpm 11 and later load it and then not the stub. */
export const MODULE_FILE = '.pnpmfile.mjs';

/**
 * Something of a project because of which pnpm does not load its .pnpmfile.cjs.
 *
 * Which pnpm that holds for was observed on 9.15.9, 10.0.0, 10.34.9, 11.28.11, 12.0.0 and 12.21.0: .npmrc counts up to
 * 10.34, pnpm-workspace.yaml from 10.34 on and not on 10.0, .pnpmfile.mjs from 11 on.
 */
export type Detour = {
  readonly kind: 'ignored' | 'elsewhere' | 'module';
  /** As it is written there. */
  readonly setting: string;
  /** Relative to the project. */
  readonly file: string;
  readonly heldBy: string;
  readonly holdsFor: (major: number) => boolean;
};

/** All of them in the folder of a pnpm-lock.yaml. @throws GuardError MANIFEST_UNREADABLE, LOCKFILE_DUPLICATE_KEY */
export async function findDetours(dir: string): Promise<readonly Detour[]> {
  return [...(await inNpmrc(dir)), ...(await inWorkspace(dir)), ...(await inModule(dir))];
}

/** What pnpm-workspace.yaml says. @throws GuardError MANIFEST_UNREADABLE, LOCKFILE_DUPLICATE_KEY */
export async function readWorkspaceSettings(dir: string): Promise<Readonly<Record<string, unknown>>> {
  const bytes = await readBytes(path.join(dir, WORKSPACE_FILE));
  return bytes === null ? {} : await parseWorkspaceSettings(bytes.toString('utf8'));
}

/** What the text of a pnpm-workspace.yaml says. @throws GuardError MANIFEST_UNREADABLE, LOCKFILE_DUPLICATE_KEY */
export async function parseWorkspaceSettings(text: string): Promise<Readonly<Record<string, unknown>>> {
  const fail = unreadableManifest(WORKSPACE_FILE);
  const input = { text: text.replace(/^\uFEFF/, ''), file: WORKSPACE_FILE };
  const [document] = await parseYaml(input, fail);
  return recordAt(document, 'the document', fail);
}

async function inNpmrc(dir: string): Promise<readonly Detour[]> {
  const bytes = await readBytes(path.join(dir, '.npmrc'));
  const holds = { file: '.npmrc', heldBy: 'pnpm up to 10', holdsFor: (major: number) => major <= 10 };
  const ignores = npmrcSetting(bytes, 'ignore-pnpmfile');
  const other = npmrcSetting(bytes, 'pnpmfile');
  return detours(
    holds,
    ignores === 'true' ? 'ignore-pnpmfile=true' : null,
    other === null || leadsToStub(dir, other) ? null : `pnpmfile=${other}`,
  );
}

async function inWorkspace(dir: string): Promise<readonly Detour[]> {
  const { ignorePnpmfile, pnpmfile } = await readWorkspaceSettings(dir);
  const holds = {
    file: WORKSPACE_FILE,
    heldBy: 'pnpm from late 10 on',
    holdsFor: (major: number) => major >= 10,
  };
  return detours(
    holds,
    ignorePnpmfile === true ? 'ignorePnpmfile: true' : null,
    pnpmfile === undefined || pnpmfile === null || leadsToStub(dir, pnpmfile)
      ? null
      : `pnpmfile: ${JSON.stringify(pnpmfile)}`,
  );
}

async function inModule(dir: string): Promise<readonly Detour[]> {
  if ((await readBytes(path.join(dir, MODULE_FILE))) === null) return [];
  const holdsFor = (major: number): boolean => major >= 11;
  return [{ kind: 'module', setting: MODULE_FILE, file: MODULE_FILE, heldBy: 'pnpm 11 and later', holdsFor }];
}

function detours(
  holds: Pick<Detour, 'file' | 'heldBy' | 'holdsFor'>,
  ignored: string | null,
  elsewhere: string | null,
): readonly Detour[] {
  return [
    ...(ignored === null ? [] : [{ ...holds, kind: 'ignored' as const, setting: ignored }]),
    ...(elsewhere === null ? [] : [{ ...holds, kind: 'elsewhere' as const, setting: elsewhere }]),
  ];
}

/** One path, or one of a list. */
function leadsToStub(dir: string, value: unknown): boolean {
  const stub = path.join(dir, STUB);
  return [value].flat().some((one) => typeof one === 'string' && path.resolve(dir, one) === stub);
}
