import { execFileSync } from 'node:child_process';
import { readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { mentionTree } from '../../src/mentions/mention-tree.js';
import { readMentions } from '../../src/mentions/read-mentions.js';
import type { Unchecked } from '../../src/model/resolved-tree.js';
import { loadNameData } from '../../src/names/load-name-data.js';

type Named = { readonly name: string; readonly places: readonly string[] };

/** What the bundled names say about the names in one project; nobody else is asked. */
export type ProjectFindings = {
  readonly project: string;
  readonly files: number;
  readonly mentions: number;
  readonly names: number;
  readonly distinct: readonly string[];
  readonly established: number;
  readonly known: readonly string[];
  /** In the filter of all names of the date of the data, and not established. */
  readonly existed: readonly Named[];
  /** What a registry would be said to lack. */
  readonly neither: readonly Named[];
  readonly unchecked: readonly Unchecked[];
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
  const found = await readMentions({ root, context: process.argv.includes('--bare') ? [] : files, files });
  const { tree, locations } = mentionTree(found);
  const named = [...new Map(tree.entries.map((entry) => [entry.name, entry])).values()].map(
    ({ id, name }) => ({
      name,
      places: (locations.get(id) ?? []).map(({ file, line, column }) => `${file}:${line}:${column}`),
    }),
  );
  const isEstablished = ({ name }: Named) => data.popularityOf(name) !== null;
  const others = named.filter((one) => !isEstablished(one));
  const known = named.filter(isEstablished).map(({ name }) => name);
  return {
    project,
    files: found.filesRead,
    mentions: [...locations.values()].flat().length,
    names: named.length,
    distinct: named.map(({ name }) => name),
    established: known.length,
    known,
    existed: others.filter(({ name }) => data.existedAtSnapshot(name)),
    neither: others.filter(({ name }) => !data.existedAtSnapshot(name)),
    unchecked: found.unchecked,
  };
}

function filesBelow(root: string): readonly string[] {
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
