import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { it } from 'vitest';
import { type Manager, managers, runNpm as runManager } from '../../support/managers.js';
import { writeFiles } from '../../support/projects.js';
import type { ProcessRun } from '../../support/run-process.js';
import {
  type PackageDefinition,
  startTarballRegistry,
  type TarballRegistry,
} from '../../support/tarball-registry.js';

export const SCRIPT_SHELL = path.resolve('hooks/script-shell');
export const PREINSTALL = path.resolve('hooks/preinstall.cjs');

const found = managers();
for (const sentence of found.skipped) it.skip(sentence);

/** The npm of a major version, as a list: none on a machine without it. */
export function npms(...majors: readonly number[]): readonly Manager[] {
  return found.managers.filter(({ major }) => majors.includes(major));
}

export type Served = {
  readonly name: string;
  /** Registered three days ago, with nothing that speaks for it. */
  readonly bad?: boolean;
  /** What package.json says besides name and version. */
  readonly manifest?: Readonly<Record<string, unknown>>;
  readonly files?: Readonly<Record<string, string>>;
};

export const VERSION = '1.24.0';

/** A registry on loopback with these packages. */
export function serve(packages: readonly Served[]): Promise<TarballRegistry> {
  return startTarballRegistry(packages.map(definitionOf));
}

function definitionOf({ name, bad = false, ...newest }: Served): PackageDefinition {
  if (bad) return { name, versions: { [VERSION]: newest }, ageDays: 3, repository: null };
  const older = Array.from({ length: 24 }, (_, minor) => [`1.${minor}.0`, {}] as const);
  return { name, versions: { ...Object.fromEntries(older), [VERSION]: newest }, ageDays: 2_000 };
}

export type Project = {
  readonly registry: string;
  readonly directory: string;
  readonly home: string;
  /** The names that scripts have left in the mark file, in order. */
  readonly marks: () => readonly string[];
  /** The text of a file of the project, `null` = not there. */
  readonly read: (file: string) => string | null;
};

/** A project, and a home whose .npmrc names the script gate. */
export function writeProject(
  registry: string,
  files: Readonly<Record<string, string | object>>,
  npmrc: readonly string[] = [`script-shell=${SCRIPT_SHELL}`],
): Project {
  const base = realpathSync(mkdtempSync(path.join(tmpdir(), 'phantom-guard-gate-')));
  const [directory, home] = [path.join(base, 'project'), path.join(base, 'home')];
  mkdirSync(directory);
  writeFiles(home, { '.npmrc': npmrc.map((line) => `${line}\n`).join('') });
  writeFiles(directory, files);
  const read = (file: string) => {
    const place = path.resolve(directory, file);
    return existsSync(place) ? readFileSync(place, 'utf8') : null;
  };
  const marks = () => (read(path.join(base, 'mark')) ?? '').split('\n').filter((line) => line !== '');
  return { registry, directory, home, marks, read };
}

export type RunOptions = {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly piped?: boolean;
};

/** Runs `npm ARGS…` in a project; its scripts can leave marks. */
export function runNpm(
  npm: Manager,
  { registry, directory, home }: Project,
  args: readonly string[],
  { cwd = directory, env = {}, ...rest }: RunOptions = {},
): Promise<ProcessRun> {
  const MARK = path.join(directory, '../mark');
  return runManager(npm, args, { cwd, home, registry, env: { MARK, ...env }, ...rest });
}

/** A package.json script that leaves a mark. */
export function marking(mark: string): string {
  return `echo ${mark} >> "$MARK"`;
}
