import { execFileSync } from 'node:child_process';
import { readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { mentionTree } from '../../src/mentions/mention-tree.js';
import { readMentions } from '../../src/mentions/read-mentions.js';
import type { Unchecked } from '../../src/model/resolved-tree.js';
import { loadNameData } from '../../src/names/load-name-data.js';

export type Named = { readonly name: string; readonly places: readonly string[] };

/** What the bundled names say about the names in one project; nobody else is asked. */
export type ProjectFindings = {
  readonly project: string;
  readonly files: number;
  /** Of names of packages, whoever declares them. */
  readonly mentions: number;
  readonly names: number;
  /** Names that no manifest of the project declares. */
  readonly judged: number;
  readonly established: number;
  /** In the filter of all names of the date of the data, and not established. */
  readonly existed: readonly Named[];
  /** In neither: a registry of that date would have said that there is no such name. */
  readonly neither: readonly Named[];
  readonly unchecked: readonly Unchecked[];
  readonly all: { readonly names: readonly string[]; readonly judged: readonly string[] };
};

const data = loadNameData();

/** Reads projects one after the other, with all that is below their folders but node_modules. */
export async function readProjects(names: readonly string[]): Promise<readonly ProjectFindings[]> {
  const all: ProjectFindings[] = [];
  for (const name of names) all.push(await readProject(name));
  return all;
}

async function readProject(project: string): Promise<ProjectFindings> {
  const root = realpathSync(project === 'npm' ? npmFolder() : `node_modules/${project}`);
  const files = filesBelow(root);
  const bare = await readMentions({ root, context: [], files });
  const mentioned = namesOf(bare);
  const found = await readMentions({ root, context: files, files });
  const judged = namesOf(found);
  const others = judged.filter(({ name }) => data.popularityOf(name) === null);
  return {
    project,
    files: found.filesRead,
    mentions: mentioned.reduce((sum, { places }) => sum + places.length, 0),
    names: mentioned.length,
    judged: judged.length,
    established: judged.length - others.length,
    existed: others.filter(({ name }) => data.existedAtSnapshot(name)),
    neither: others.filter(({ name }) => !data.existedAtSnapshot(name)),
    unchecked: bare.unchecked,
    all: { names: mentioned.map(({ name }) => name), judged: judged.map(({ name }) => name) },
  };
}

function namesOf(found: Parameters<typeof mentionTree>[0]): readonly Named[] {
  const { tree, locations } = mentionTree(found);
  const byName = new Map<string, string[]>();
  for (const { id, name } of tree.entries) {
    const places = (locations.get(id) ?? []).map(({ file, line, column }) => `${file}:${line}:${column}`);
    byName.set(name, [...(byName.get(name) ?? []), ...places]);
  }
  return [...byName].map(([name, places]) => ({ name, places }));
}

/** Every name counts once, in however many projects it stands. */
export function summed(project: string, all: readonly ProjectFindings[]): ProjectFindings {
  const sum = (of: (one: ProjectFindings) => number): number =>
    all.reduce((before, one) => before + of(one), 0);
  const names = [...new Set(all.flatMap((one) => one.all.names))];
  const judged = [...new Set(all.flatMap((one) => one.all.judged))];
  return {
    project,
    files: sum(({ files }) => files),
    mentions: sum(({ mentions }) => mentions),
    names: names.length,
    judged: judged.length,
    established: judged.filter((name) => data.popularityOf(name) !== null).length,
    existed: distinct(all.flatMap(({ existed }) => existed)),
    neither: distinct(all.flatMap(({ neither }) => neither)),
    unchecked: [],
    all: { names, judged },
  };
}

function distinct(items: readonly Named[]): readonly Named[] {
  return [...new Map(items.map((item) => [item.name, item])).values()];
}

export function filesBelow(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(root.length + 1))
    .filter((file) => !file.split('/').includes('node_modules'))
    .toSorted();
}

/** npm itself lies beside the Node that runs this. */
function npmFolder(): string {
  return join(execFileSync('npm', ['root', '--global'], { encoding: 'utf8' }).trim(), 'npm');
}
