import { GuardError } from '../errors.js';
import { type DependencyRequest, parseRequests } from './dependency-request.js';
import { assertNoConflict, type LockfileText } from './lockfile-error.js';
import { parseOverrides } from './overrides.js';
import { parseJson } from './parse-json.js';
import { type Patch, parsePatches, parseSettings } from './pnpm/pnpm-workspace.js';
import { type Fail, fieldAt, recordAt, stringsAt, type UnknownRecord } from './shape.js';

export type StatedVersion = { readonly major: number; readonly minor: number };

/** What this program needs of a package.json. */
export type Manifest = {
  readonly name: string | null;
  readonly version: string | null;
  /** The manager that `packageManager` names, without its version. */
  readonly packageManager: string | null;
  /** The version of pnpm that `packageManager`, or else `devEngines`, names: its first two numbers; `null` = none, or a range. */
  readonly pnpmVersion: StatedVersion | null;
  /** The managers that `devEngines.packageManager` names, in order. */
  readonly devEngineManagers: readonly string[];
  readonly workspaces: readonly string[];
  readonly requests: readonly DependencyRequest[];
  /** What `overrides`, `resolutions` and `pnpm.overrides` put in place of other dependencies. */
  readonly overrides: readonly DependencyRequest[];
  /** What the settings under `pnpm` add to the tree. */
  readonly settings: readonly DependencyRequest[];
  /** `pnpm.patchedDependencies`. */
  readonly patches: readonly Patch[];
};

/** Makes the MANIFEST_UNREADABLE errors of one file. */
export function unreadableManifest(file: string): Fail {
  return (detail, cause) =>
    new GuardError(
      'MANIFEST_UNREADABLE',
      `${file}: ${detail}`,
      'Correct the file; npm and pnpm need it too.',
      cause,
    );
}

/** Parses the text of a package.json. @throws GuardError MANIFEST_UNREADABLE */
export function parseManifest(input: LockfileText): Manifest {
  const fail = unreadableManifest(input.file);
  assertNoConflict(input, 'MANIFEST_UNREADABLE');
  const json = parseJson(input, fail);
  if (json === null) throw fail('the document is not an object');
  const root = recordAt(json, 'the document', fail);
  const pnpm = fieldAt(root['pnpm'], 'pnpm', 'package.json', fail);
  return {
    name: textOrNull(root['name']),
    version: textOrNull(root['version']),
    packageManager: textOrNull(root['packageManager'])?.split('@')[0] ?? null,
    pnpmVersion: statedPnpm(root, fail),
    devEngineManagers: parseDevEngines(root, fail).map(({ name }) => name),
    workspaces: parseWorkspaces(root['workspaces'], fail),
    requests: parseRequests(root, 'package.json', fail, true),
    overrides: parseOverrides(root, fail),
    settings: parseSettings(pnpm, fail),
    patches: parsePatches(pnpm, fail),
  };
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

type Engine = { readonly name: string; readonly version: unknown };

function parseDevEngines(root: UnknownRecord, fail: Fail): readonly Engine[] {
  const wanted = fieldAt(root['devEngines'], 'devEngines', 'package.json', fail)['packageManager'];
  const list: readonly unknown[] = Array.isArray(wanted) ? wanted : [wanted];
  return list.flatMap((one) => {
    const { name, version } = recordAt(one, 'devEngines.packageManager', fail);
    return typeof name === 'string' ? [{ name, version }] : [];
  });
}

function statedPnpm(root: UnknownRecord, fail: Fail): StatedVersion | null {
  const named = textOrNull(root['packageManager']);
  if (named !== null) return named.startsWith('pnpm@') ? readVersion(named.slice('pnpm@'.length)) : null;
  return readVersion(parseDevEngines(root, fail).find(({ name }) => name === 'pnpm')?.version);
}

/** Of ranges only `^` and `~`, which stay in one major version. */
function readVersion(value: unknown): StatedVersion | null {
  const [, major, minor] = /^[\^~=]?(\d{1,6})\.(\d{1,6})\.\d+\S*$/.exec(String(value)) ?? [];
  return major === undefined ? null : { major: Number(major), minor: Number(minor) };
}

function parseWorkspaces(value: unknown, fail: Fail): readonly string[] {
  if (Array.isArray(value)) return stringsAt(value, 'workspaces', fail);
  return stringsAt(recordAt(value, 'workspaces', fail)['packages'], 'workspaces.packages', fail);
}
