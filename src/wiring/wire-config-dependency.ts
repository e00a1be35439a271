import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import semver from 'semver';
import { GuardError } from '../errors.js';
import { fileChange, type Plan } from './change.js';
import { addPin, PLUGIN_NAME, pinIn, removePin } from './plugin-pin.js';
import { findDetours, parseWorkspaceSettings, WORKSPACE_FILE } from './pnpm-detours.js';
import { pnpmWorkspaceRoot } from './pnpm-root.js';
import { readBytes } from './read-bytes.js';
import { relockNotes } from './relock.js';
import type { Part, WiredProject } from './wiring.js';

/** pnpm loads plugins by their name since then. */
const LOADED_SINCE = '10.13.0';
const PIN = /^(\d+\.\d+\.\d+[\w.-]*)\+(sha512-[A-Za-z0-9+/=]{88})$/;
const OPEN_NOTE =
  'pnpm calls no hook of a config dependency for dlx, create, add -g and with --ignore-pnpmfile: these are not guarded by it.';
const COMMIT_NOTE = `Commit ${WORKSPACE_FILE} and pnpm-lock.yaml: pnpm needs nothing else, also in a clean clone.`;

/** What is asked about the plugin before it is written into a project. */
export type PluginRequest = {
  /** The pnpm that the project runs; `null` = unknown. */
  readonly pnpmVersion: string | null;
  /** The sha512 with which a registry has the running version of the plugin; `null` = it does not say. */
  readonly integrity: () => Promise<string | null>;
};

/**
 * The plugin as a config dependency in the pnpm-workspace.yaml of a project; made where there is none.
 *
 * @throws GuardError USAGE for a pnpm that would not load it and a file that lines can't be edited in,
 *   REGISTRY_UNAVAILABLE where no registry knows the integrity
 */
export async function planConfigDependency(project: WiredProject, request: PluginRequest): Promise<Plan> {
  const { pnpmVersion } = request;
  if (pnpmVersion !== null && semver.lt(pnpmVersion, LOADED_SINCE)) throw tooOld(pnpmVersion);
  const dir = pnpmWorkspaceRoot(project.dir) ?? project.dir;
  const ignored = (await findDetours(dir)).find(({ kind }) => kind === 'ignored');
  if (ignored !== undefined) throw inert(ignored);
  const file = path.join(dir, WORKSPACE_FILE);
  const bytes = await readBytes(file);
  const text = bytes === null ? null : bytes.toString('utf8');
  const pin = await pinOf(project.running.version, text, request);
  const edited = addPin(text, pin);
  if (bytes !== null && !Buffer.from(text ?? '', 'utf8').equals(bytes)) throw notEditable(pin);
  if (!(await isMeant(text, edited, pin))) throw notEditable(pin);
  const changes = fileChange(file, bytes, Buffer.from(edited, 'utf8'));
  const notes = [
    ...(dir === project.dir ? [] : [`${WORKSPACE_FILE} of this workspace lies in ${dir}.`]),
    COMMIT_NOTE,
    ...(await relockNotes(dir, changes.length > 0, 'the plugin')),
    ...(pnpmVersion === null
      ? [`Which pnpm runs here is not known: it has to be ${LOADED_SINCE} or later.`]
      : []),
    OPEN_NOTE,
  ];
  return { changes, emptied: [], notes };
}

/** What takes it out again. */
export async function unplanConfigDependency(project: WiredProject): Promise<Plan> {
  const dir = pnpmWorkspaceRoot(project.dir);
  const file = path.join(dir ?? project.dir, WORKSPACE_FILE);
  const bytes = dir === null ? null : await readBytes(file);
  const text = bytes === null ? null : bytes.toString('utf8');
  if (dir === null || bytes === null || text === null || pinIn(text) === null) return asPlan(NOTHING);
  const edited = removePin(text);
  if (!(await isMeant(text, edited, null)))
    return asPlan({ changes: [], notes: [`${PLUGIN_NAME} is in ${WORKSPACE_FILE}, and stays: ${BY_HAND}`] });
  const changes = fileChange(file, bytes, edited === null ? null : Buffer.from(edited, 'utf8'));
  return asPlan({ changes, notes: await relockNotes(dir, true, 'the plugin', true) });
}

const NOTHING: Part = { changes: [], notes: [] };
const BY_HAND = 'take its line out by hand.';

function asPlan(part: Part): Plan {
  return { ...part, emptied: [] };
}

/** What is pinned is asked for once: a second run needs no registry. */
async function pinOf(version: string, text: string | null, { integrity }: PluginRequest): Promise<string> {
  const present = text === null ? null : pinIn(text);
  if (present !== null && PIN.exec(present)?.[1] === version) return present;
  const published = await integrity();
  if (published === null) throw unpublished(version);
  return `${version}+${published}`;
}

/** Whether an edit came to what it was for, and to nothing else. */
async function isMeant(before: string | null, after: string | null, pin: string | null): Promise<boolean> {
  const [old, now] = [await settingsOf(before), await settingsOf(after)];
  const { [PLUGIN_NAME]: _, ...others } = old.config;
  const wanted = pin === null ? others : { ...others, [PLUGIN_NAME]: pin };
  return isDeepStrictEqual(old.rest, now.rest) && isDeepStrictEqual(wanted, now.config);
}

type Settings = {
  readonly config: Readonly<Record<string, unknown>>;
  readonly rest: Readonly<Record<string, unknown>> | null;
};

async function settingsOf(text: string | null): Promise<Settings> {
  const { configDependencies = null, ...rest } = await parseWorkspaceSettings(text ?? '').catch(unreadable);
  const isMap = configDependencies === null || typeof configDependencies === 'object';
  return { config: isMap ? { ...configDependencies } : {}, rest: isMap ? rest : null };
}

/** An edit can make a file that nobody can read; that is found out by comparing. */
function unreadable(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof GuardError)) throw error;
  return { unreadable: error.message };
}

function tooOld(version: string): GuardError {
  return new GuardError(
    'USAGE',
    `pnpm ${version} does not load plugins from configDependencies; ${LOADED_SINCE} and later do`,
    'Update pnpm, or wire .pnpmfile.cjs, which every pnpm loads: phantom-guard-install init',
  );
}

function inert({ file, setting }: { readonly file: string; readonly setting: string }): GuardError {
  return new GuardError(
    'USAGE',
    `${file} says ${setting}, and so pnpm would not call the plugin`,
    'Take the setting out, then run init again.',
  );
}

function unpublished(version: string): GuardError {
  return new GuardError(
    'REGISTRY_UNAVAILABLE',
    `the registry that is configured here does not say that it has ${PLUGIN_NAME}@${version}, so there is no integrity to pin, and nothing was changed`,
    'Name a registry that has it (--registry, .npmrc), or wire .pnpmfile.cjs, which needs none: phantom-guard-install init',
  );
}

function notEditable(pin: string): GuardError {
  return new GuardError(
    'USAGE',
    `${WORKSPACE_FILE} is written in a way in which no line can be added to it`,
    `Add it by hand: configDependencies: { ${PLUGIN_NAME}: ${pin} }`,
  );
}
