import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ShellFinding } from '../../shell/finding.js';
import { mayInstall } from '../../shell/may-install.js';
import { guardHome } from '../../wiring/places.js';
import type { Io } from '../io.js';
import { askForEdit, askForManifest } from './ask-for-edit.js';
import { isInstalledHere, projectAbove, readSmallFile, resolvePlace } from './places.js';
import type { Requests } from './requests.js';

/** A longer script is a program of its own. */
const LONGEST_SCRIPT = 256 * 1024;
/** Scripts that run scripts are followed so far. */
const DEEPEST = 3;

/**
 * The hook has the network when the agent may not: names go to no host that only the line names. These are npm's own, and what is
 * configured is asked in their place.
 */
const PUBLIC = /^https:\/\/registry\.(?:npmjs\.org|yarnpkg\.com)\/?$/;

export type Asking = {
  readonly cwd: string;
  readonly io: Pick<Io, 'env' | 'home'>;
  readonly requests: Requests;
  readonly readLine: (line: string) => readonly ShellFinding[];
  /** How many scripts deep. */
  readonly depth: number;
};

/** Notes what a line of a shell would install. */
export function askForLine(line: string, asking: Asking): void {
  if (!mayInstall(line)) return;
  for (const finding of asking.readLine(line)) askFor(finding, asking);
}

/** Scripts on the disk are the project's: what can't be told of them is no reason to stop whoever runs them. */
export function askForScript(line: string, asking: Asking): void {
  if (!mayInstall(line)) return;
  for (const finding of asking.readLine(line))
    if (finding.kind === 'packages' || finding.kind === 'script') askFor(finding, asking);
}

function askFor(finding: ShellFinding, asking: Asking): void {
  const { cwd, io, requests, depth } = asking;
  const dirOf = (place: string | null): string => (place === null ? cwd : resolvePlace(place, cwd, io.home));
  switch (finding.kind) {
    case 'packages':
      askForPackages(finding, dirOf(finding.place), requests);
      noteShim(finding.byPath, asking);
      break;
    case 'project': {
      const dir = projectAbove(dirOf(finding.place));
      if (dir !== null) requests.projects.push({ manager: finding.manager, dir });
      noteShim(finding.byPath, asking);
      break;
    }
    case 'manifest': {
      const file = resolvePlace(finding.file, cwd, io.home);
      const before = readSmallFile(file, LONGEST_SCRIPT * 16);
      askForManifest(file, before, finding.text ?? '', requests, (script, dir) => {
        askForScript(script, { ...asking, cwd: dir });
      });
      break;
    }
    case 'patch':
      askForEdit(finding, cwd, requests, (script, dir) => askForScript(script, { ...asking, cwd: dir }));
      break;
    case 'script':
      if (depth < DEEPEST) followScript(finding.file, dirOf(finding.place), asking);
      break;
    case 'unclear':
      requests.problems.push(finding);
      break;
    case 'override':
      if (finding.what !== 'agent-settings' || hasHook(resolvePlace(finding.file ?? '', cwd, io.home)))
        requests.problems.push(finding);
  }
}

function askForPackages(
  { specs, manager, how, registry }: Extract<ShellFinding, { readonly kind: 'packages' }>,
  dir: string,
  requests: Requests,
): void {
  const isLocal = (spec: string): boolean =>
    how === 'run' && (manager === 'npm' || manager === 'bun') && isInstalledHere(spec, dir);
  const open = specs.filter((spec) => !isLocal(spec));
  if (open.length === 0) return;
  if (registry === null || PUBLIC.test(registry)) requests.packages.push({ specs: open, dir, manager, how });
  else requests.problems.push({ kind: 'unclear', why: 'registry' });
}

/** Where there are shims, they judge the whole tree; a path leads past them. */
function noteShim(byPath: boolean, { io, requests }: Asking): void {
  if (byPath && existsSync(path.join(guardHome(io.env), 'shims')))
    requests.problems.push({ kind: 'override', what: 'past-shim' });
}

function followScript(file: string, dir: string, asking: Asking): void {
  const found = resolvePlace(file, dir, asking.io.home);
  const text = readSmallFile(found, LONGEST_SCRIPT);
  const isShell = text !== null && (/\.(?:ba|z|k)?sh$/.test(found) || /^#!.*\b(?:ba|da|z|k)?sh\b/.test(text));
  if (isShell) askForScript(text, { ...asking, cwd: dir, depth: asking.depth + 1 });
}

function hasHook(file: string): boolean {
  return readSmallFile(file, LONGEST_SCRIPT)?.includes('agent-hook') === true;
}
