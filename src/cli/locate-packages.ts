import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Report, ReportedPackage } from '../model/report.js';
import { type EntryLines, lineOf } from '../report/entry-lines/entry-lines.js';
import { jsonEntryLines } from '../report/entry-lines/json-entry-lines.js';
import { pnpmEntryLines } from '../report/entry-lines/pnpm-entry-lines.js';
import type { Location, Locations } from '../report/location.js';
import type { Io } from './io.js';
import { managerAt } from './text-options.js';

const LOCKFILES = {
  npm: ['npm-shrinkwrap.json', 'package-lock.json'],
  pnpm: ['pnpm-lock.yaml'],
} as const;

/**
 * Where the packages of a report stand: in the lockfile, else in the manifest of the project that asks for them, else at the
 * top of the file that was judged. Paths are relative to the repository. Never rejects.
 *
 * @param place what was judged: a file or a project directory, absolute; `null` = names that were typed, which stand nowhere
 */
export async function locatePackages(report: Report, place: string | null, io: Io): Promise<Locations> {
  if (place === null || report.packages.length === 0) return new Map();
  const directory = (await isDirectory(place)) ? place : path.dirname(place);
  const judged = directory === place ? await lockfileIn(place) : place;
  const base = await repositoryOf(directory, io.env);
  const read = readingOnce();
  const located = report.packages.map(async (reported): Promise<[ReportedPackage, Location]> => {
    for (const file of [judged, manifestOf(reported, directory)]) {
      const lines = await read(file);
      const line = lines === null ? null : lineOf(lines, reported);
      if (line !== null) return [reported, { file: relative(base, file), line }];
    }
    return [reported, { file: relative(base, judged), line: 1 }];
  });
  return new Map(await Promise.all(located));
}

/** Reads each file once; `null` = unreadable. */
function readingOnce(): (file: string) => Promise<EntryLines | null> {
  const files = new Map<string, Promise<EntryLines | null>>();
  return (file) => {
    const known = files.get(file) ?? readLines(file);
    files.set(file, known);
    return known;
  };
}

async function readLines(file: string): Promise<EntryLines | null> {
  try {
    const text = await readFile(file, 'utf8');
    return file.endsWith('.json') ? jsonEntryLines(text) : pnpmEntryLines(text);
  } catch {
    return null;
  }
}

/** The manifest of the project that asks for the package; the root's where a lockfile names one outside of the project. */
function manifestOf({ requestedBy }: ReportedPackage, directory: string): string {
  const importer = requestedBy[0]?.[0] ?? 'root';
  const folder = importer === 'root' ? directory : path.resolve(directory, importer);
  const isInside = !path.relative(directory, folder).startsWith('..');
  return path.join(isInside ? folder : directory, 'package.json');
}

async function lockfileIn(directory: string): Promise<string> {
  for (const name of LOCKFILES[await managerAt(directory)]) {
    const file = path.join(directory, name);
    if (await exists(file)) return file;
  }
  return path.join(directory, 'package.json');
}

/** GITHUB_WORKSPACE or the folder with `.git`, whichever holds the project; else the project itself. */
export async function repositoryOf(directory: string, env: Io['env']): Promise<string> {
  const workspace = env['GITHUB_WORKSPACE'];
  if (workspace && !path.relative(workspace, directory).startsWith('..')) return path.resolve(workspace);
  for (let folder = directory; folder !== path.dirname(folder); folder = path.dirname(folder)) {
    if (await exists(path.join(folder, '.git'))) return folder;
  }
  return directory;
}

function relative(base: string, file: string): string {
  return path.relative(base, file).split(path.sep).join('/');
}

async function isDirectory(place: string): Promise<boolean> {
  return (await stat(place).catch(() => null))?.isDirectory() === true;
}

async function exists(file: string): Promise<boolean> {
  return (await stat(file).catch(() => null)) !== null;
}
