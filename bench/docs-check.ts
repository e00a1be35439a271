import { existsSync } from 'node:fs';
import { type ProjectFindings, readProjects } from './docs-check/read-projects.js';

// npm run bench:docs [-- --all] [--names]
/** Projects in node_modules of this repository that ship documents and sources that people can read. */
const TEN = [
  ...[
    'vitest',
    'vite',
    'undici',
    'semver',
    'piscina',
    'fast-check',
    'ajv',
    'typescript',
    'valibot',
    'rolldown',
    'npm',
    'lunr',
    'cacache',
  ],
];
const flags = new Set(process.argv.slice(2));
const { readdirSync } = process.getBuiltinModule('node:fs');
const installed = readdirSync('node_modules').flatMap((name) =>
  name.startsWith('@') ? readdirSync(`node_modules/${name}`).map((base) => `${name}/${base}`) : [name],
);
const every = installed.filter((name) => existsSync(`node_modules/${name}/package.json`));

const ten = await readProjects(TEN);
console.log(
  '| project | files read | mentions | names | established | existed on the date of the data | neither |',
);
console.log('|---|---|---|---|---|---|---|');
for (const one of ten) console.log(row(one));
console.log(row(total('all ten', ten)));
if (flags.has('--all'))
  console.log(row(total(`all ${every.length} packages in node_modules`, await told(every))));
for (const { project, unchecked } of ten)
  for (const { id, reason } of unchecked) console.log(`not read: ${project}/${id}: ${reason}`);
list(ten);

async function told(names: readonly string[]): Promise<readonly ProjectFindings[]> {
  const projects = await readProjects(names);
  for (const one of projects.toSorted((a, b) => b.names - a.names).slice(0, 25)) console.log(row(one));
  list(projects);
  return projects;
}

function list(projects: readonly ProjectFindings[]): void {
  for (const { project, neither, existed } of projects) {
    for (const { name, places } of neither) console.log(`neither: ${name}: ${project}/${places[0]}`);
    if (flags.has('--names'))
      for (const { name, places } of existed) console.log(`existed: ${name}: ${project}/${places[0]}`);
  }
}

function row({ project, files, mentions, names, established, existed, neither }: ProjectFindings): string {
  const cells = [files, mentions, names, established, existed.length, neither.length];
  return `| ${[project, ...cells].join(' | ')} |`;
}

function total(project: string, all: readonly ProjectFindings[]): ProjectFindings {
  const sum = (of: (one: ProjectFindings) => number): number =>
    all.reduce((before, one) => before + of(one), 0);
  return {
    project,
    files: sum(({ files }) => files),
    mentions: sum(({ mentions }) => mentions),
    names: new Set(all.flatMap(({ distinct }) => distinct)).size,
    distinct: [],
    established: new Set(all.flatMap(({ known }) => known)).size,
    known: [],
    existed: distinct(all.flatMap(({ existed }) => existed)),
    neither: distinct(all.flatMap(({ neither }) => neither)),
    unchecked: [],
  };
}

function distinct<T extends { readonly name: string }>(items: readonly T[]): readonly T[] {
  return [...new Map(items.map((item) => [item.name, item])).values()];
}
