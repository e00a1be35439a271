import path from 'node:path';
import { GuardError } from '../errors.js';
import type { Unchecked } from '../model/resolved-tree.js';
import { kindOf } from './file-kind.js';
import { loadProjectNames } from './load-project-names.js';
import type { IsOpen, Mention } from './mention.js';
import { mentionsIn } from './mentions-in.js';
import { openIn, type ProjectNames } from './project-names.js';
import { readDocument } from './read-document.js';

export type MentionsRequest = {
  /** The folder that paths are relative to, absolute and without symbolic links. */
  readonly root: string;
  /** What is there of manifests and configurations counts for the names that are the project's own. */
  readonly context: readonly string[];
  /** The files to read, relative to the root. */
  readonly files: readonly string[];
  /** How many of them at most. */
  readonly mostFiles?: number;
  /** Ends the reading early. */
  readonly signal?: AbortSignal;
};

/** The mentions in a project, by file. */
export type ProjectMentions = {
  readonly byFile: ReadonlyMap<string, readonly Mention[]>;
  readonly names: ProjectNames;
  readonly filesRead: number;
  readonly unchecked: readonly Unchecked[];
};

/** Files that are read; the others of a larger project are said to be left out. */
export const MOST_FILES = 100_000;

/** Reads the documents and sources of a project and finds the names in them. @throws GuardError INTERRUPTED */
export async function readMentions({
  root,
  context,
  files,
  mostFiles = MOST_FILES,
  signal,
}: MentionsRequest): Promise<ProjectMentions> {
  const { names, unchecked: unreadable } = await loadProjectNames(root, context);
  const known = files.filter((file) => kindOf(file) !== null && !/\.min\.[cm]?js$/.test(file));
  const unchecked = [...unreadable, ...tooMany(known.length, mostFiles)];
  const byFile = new Map<string, readonly Mention[]>();
  const ambient = new Set<string>();
  const openByFolder = new Map<string, IsOpen>();
  for (const file of known.slice(0, mostFiles)) {
    if (signal?.aborted === true) throw interrupted();
    const kind = kindOf(file);
    const document = await readDocument(root, file);
    if (kind === null) continue;
    if ('reason' in document) {
      unchecked.push({ id: file, reason: document.reason });
      continue;
    }
    const folder = path.posix.dirname(file).replace(/^\.$/, '');
    const isOpen = openByFolder.get(folder) ?? openIn(folder, names);
    openByFolder.set(folder, isOpen);
    const found = mentionsIn(document.text, file, kind, isOpen);
    if (found.mentions.length > 0) byFile.set(file, found.mentions);
    for (const one of found.ambient) ambient.add(one);
    if (found.incomplete !== null) unchecked.push({ id: file, reason: found.incomplete });
  }
  return {
    byFile: withoutAmbient(byFile, ambient),
    names,
    filesRead: Math.min(known.length, mostFiles),
    unchecked,
  };
}

function interrupted(): GuardError {
  return new GuardError('INTERRUPTED', 'the run was ended while files were read', 'Run it again.');
}

function tooMany(count: number, most: number): readonly Unchecked[] {
  if (count <= most) return [];
  return [
    { id: 'files', reason: `${count - most} of ${count} files are not read: no more than ${most} are` },
  ];
}

function withoutAmbient(
  byFile: ReadonlyMap<string, readonly Mention[]>,
  ambient: ReadonlySet<string>,
): ReadonlyMap<string, readonly Mention[]> {
  const isLeft = ({ kind, text }: Mention) => kind !== 'import' || !ambient.has(text);
  return new Map([...byFile].map(([file, mentions]) => [file, mentions.filter(isLeft)]));
}
