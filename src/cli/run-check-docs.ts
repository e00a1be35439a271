import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { GuardError } from '../errors.js';
import { listFiles } from '../mentions/list-files.js';
import { mentionTree } from '../mentions/mention-tree.js';
import { readMentions } from '../mentions/read-mentions.js';
import type { Unchecked } from '../model/resolved-tree.js';
import { exitStatus } from '../report/build-report.js';
import type { Io } from './io.js';
import { judgeAndReport } from './judge-and-report.js';
import { repositoryOf } from './locate-packages.js';
import type { CommandResult } from './main.js';
import type { CheckOptions } from './options.js';
import { renderReport } from './write-result.js';

/** `check --docs [PATH…]`: judges the names that documents, CI files and sources mention. Writes nothing but the cache. */
export async function runCheckDocs(
  operands: readonly string[],
  options: CheckOptions,
  io: Io,
): Promise<CommandResult> {
  if (options.since !== null)
    throw new GuardError(
      'USAGE',
      '--since compares lockfiles, and --docs reads none',
      'leave one of them out',
    );
  const targets = await Promise.all(
    (operands.length === 0 ? ['.'] : operands).map((one) => resolveTarget(one, io)),
  );
  const above = commonFolder(targets);
  const root = await rootOf(above, io);
  const { files, context, unchecked } = await filesOf(root, targets, io);
  const found = await readMentions({ root, context, files, signal: io.signal });
  const { tree, locations } = mentionTree({ ...found, unchecked: [...unchecked, ...found.unchecked] });
  const projectDir = (await projectAbove(above)) ?? above;
  const { report } = await judgeAndReport(tree, options, io, { locations, projectDir });
  return { text: await renderReport(report, options, io, null), status: exitStatus(report) };
}

/** A file or folder, absolute and without symbolic links. */
type Target = { readonly place: string; readonly isFolder: boolean };

async function resolveTarget(operand: string, { cwd }: Io): Promise<Target> {
  try {
    const place = await realpath(path.resolve(cwd, operand));
    return { place, isFolder: (await stat(place)).isDirectory() };
  } catch (cause) {
    throw new GuardError('INPUT_NOT_FOUND', `${operand} can't be read`, 'name a file or a folder', cause);
  }
}

function commonFolder(targets: readonly Target[]): string {
  const folders = targets.map(({ place, isFolder }) => (isFolder ? place : path.dirname(place)));
  return folders.reduce((common, folder) => {
    let above = common;
    while (!isWithin(above, folder)) above = path.dirname(above);
    return above;
  });
}

/** The repository; without one the current folder, or the project, whichever holds what is read. */
async function rootOf(above: string, { cwd, env }: Io): Promise<string> {
  const repository = await repositoryOf(above, env);
  if (repository !== above || (await exists(path.join(above, '.git')))) return await realpath(repository);
  const here = await realpath(cwd);
  return isWithin(here, above) ? here : ((await projectAbove(above)) ?? above);
}

/** The nearest project, whose configuration and .npmrc count. */
async function projectAbove(folder: string): Promise<string | null> {
  for (let at = folder; ; at = path.dirname(at)) {
    if (await exists(path.join(at, 'package.json'))) return at;
    if (at === path.dirname(at)) return null;
  }
}

async function exists(place: string): Promise<boolean> {
  return (await stat(place).catch(() => null)) !== null;
}

type Files = {
  /** To be read for mentions. */
  readonly files: readonly string[];
  /** All of the repository, and what else was named. */
  readonly context: readonly string[];
  readonly unchecked: readonly Unchecked[];
};

async function filesOf(root: string, targets: readonly Target[], io: Io): Promise<Files> {
  const all = await listFiles(root, io);
  const files = new Set<string>();
  const unchecked: Unchecked[] = [];
  for (const { place, isFolder } of targets) {
    const prefix = path.relative(root, place).split(path.sep).join('/');
    if (!isFolder) files.add(prefix);
    else if (prefix === '') for (const file of all.files) files.add(file);
    else for (const file of await filesBelow(place, prefix, all.files, io, unchecked)) files.add(file);
    if (isFolder)
      unchecked.push(...all.unchecked.filter(({ id }) => prefix === '' || id.startsWith(`${prefix}/`)));
  }
  return { files: [...files].toSorted(), context: [...new Set([...all.files, ...files])], unchecked };
}

/** What the repository has below a folder; a folder of which it has nothing is read as it lies there. */
async function filesBelow(
  place: string,
  prefix: string,
  all: readonly string[],
  io: Io,
  unchecked: Unchecked[],
): Promise<readonly string[]> {
  const below = all.filter((file) => file.startsWith(`${prefix}/`));
  if (below.length > 0) return below;
  const own = await listFiles(place, io);
  unchecked.push(...own.unchecked.map(({ id, reason }) => ({ id: `${prefix}/${id}`, reason })));
  return own.files.map((file) => `${prefix}/${file}`);
}

function isWithin(folder: string, place: string): boolean {
  const relative = path.relative(folder, place);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}
