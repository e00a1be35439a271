import { GuardError } from '../errors.js';
import { type DependencyRequest, parseRequests } from './dependency-request.js';
import { assertNoConflict, type LockfileText } from './lockfile-error.js';
import { parseOverrides } from './overrides.js';
import { parseJson } from './parse-json.js';
import { parseSettings } from './pnpm/pnpm-workspace.js';
import { type Fail, fieldAt, recordAt, stringsAt, type UnknownRecord } from './shape.js';

/** What this program needs of a package.json. */
export type Manifest = {
  readonly name: string | null;
  readonly version: string | null;
  /** The manager that `packageManager` names, without its version. */
  readonly packageManager: string | null;
  /** The managers that `devEngines.packageManager` names, in order. */
  readonly devEngineManagers: readonly string[];
  readonly workspaces: readonly string[];
  readonly requests: readonly DependencyRequest[];
  /** What `overrides`, `resolutions` and `pnpm.overrides` put in place of other dependencies. */
  readonly overrides: readonly DependencyRequest[];
  /** What the settings under `pnpm` add to the tree. */
  readonly settings: readonly DependencyRequest[];
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
  return {
    name: textOrNull(root['name']),
    version: textOrNull(root['version']),
    packageManager: textOrNull(root['packageManager'])?.split('@')[0] ?? null,
    devEngineManagers: parseDevEngines(root, fail),
    workspaces: parseWorkspaces(root['workspaces'], fail),
    requests: parseRequests(root, 'package.json', fail, true),
    overrides: parseOverrides(root, fail),
    settings: parseSettings(fieldAt(root['pnpm'], 'pnpm', 'package.json', fail), fail),
  };
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function parseDevEngines(root: UnknownRecord, fail: Fail): readonly string[] {
  const wanted = fieldAt(root['devEngines'], 'devEngines', 'package.json', fail)['packageManager'];
  const list: readonly unknown[] = Array.isArray(wanted) ? wanted : [wanted];
  const names = list.map((one) => recordAt(one, 'devEngines.packageManager', fail)['name']);
  return names.filter((name) => typeof name === 'string');
}

function parseWorkspaces(value: unknown, fail: Fail): readonly string[] {
  if (Array.isArray(value)) return stringsAt(value, 'workspaces', fail);
  return stringsAt(recordAt(value, 'workspaces', fail)['packages'], 'workspaces.packages', fail);
}
