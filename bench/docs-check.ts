import { existsSync, readdirSync } from 'node:fs';
import { type ProjectFindings, readProjects, summed } from './docs-check/read-projects.js';
import { measureRecall } from './docs-check/recall.js';

// npm run bench:docs: prints docs/accuracy-docs.md's tables
/** Projects that ship documents and sources that people can read; npm is the one beside Node. */
const CHOSEN = [
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
  ],
  ...['npm', 'lunr', 'cacache'],
];
const EVERY = readdirSync('node_modules')
  .flatMap((name) =>
    name.startsWith('@') ? readdirSync(`node_modules/${name}`).map((base) => `${name}/${base}`) : [name],
  )
  .filter((name) => existsSync(`node_modules/${name}/package.json`));

const chosen = await readProjects(CHOSEN);
const every = await readProjects(EVERY);
print('project', 'files', 'mentions', 'names', 'judged', 'established', 'existed then', 'neither');
print(...Array.from({ length: 8 }, () => '---'));
for (const one of chosen) printRow(one);
printRow(summed(`these ${chosen.length}`, chosen));
printRow(summed(`all ${every.length} packages in node_modules`, every));

console.log('');
const seen = new Set<string>();
for (const { project, neither, existed } of [...chosen, ...every]) {
  for (const { name, places } of neither) printOnce(`neither: ${name}: ${project}/${places.join(', ')}`);
  for (const { name, places } of existed) printOnce(`existed then: ${name}: ${project}/${places.join(', ')}`);
}
for (const { project, unchecked } of chosen)
  for (const { id, reason } of unchecked) printOnce(`unchecked: ${project}/${id}: ${reason}`);
console.log('');
console.log(await measureRecall('test/fixtures/mentions'));

function printRow({
  project,
  files,
  mentions,
  names,
  judged,
  established,
  existed,
  neither,
}: ProjectFindings): void {
  print(project, files, mentions, names, judged, established, existed.length, neither.length);
}

function print(...cells: readonly (string | number)[]): void {
  console.log(`| ${cells.join(' | ')} |`);
}

function printOnce(line: string): void {
  if (!seen.has(line)) console.log(line);
  seen.add(line);
}
