// What each library weighs: kilobytes that it and what only it needs add to an install, and milliseconds that its import
// adds to a bare Node process (median of several runs, alternating with the bare one). Prints a Markdown table.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const RUNS = Number(process.argv[2] ?? 15);
const LIBRARIES = {
  undici: "await import('undici')",
  cacache: "await import('cacache')",
  '@npmcli/config': "await import('@npmcli/config'); await import('@npmcli/config/lib/definitions/index.js')",
  '@pnpm/lockfile-file': "await import('@pnpm/lockfile-file')",
  'js-yaml': "await import('js-yaml')",
  'npm-package-arg': "await import('npm-package-arg')",
  semver: "await import('semver')",
  ssri: "await import('ssri')",
  valibot: "await import('valibot')",
  'jsonc-parser': "await import('jsonc-parser')",
  unbash: "await import('unbash')",
  'csv-parse': "await import('csv-parse/sync')",
  piscina: "await import('piscina')",
  '@lezer/javascript': "await import('@lezer/javascript')",
  '@lezer/markdown': "await import('@lezer/markdown')",
  '@lezer/yaml': "await import('@lezer/yaml')",
  'yocto-spinner': "await import('yocto-spinner')",
  '@modelcontextprotocol/server':
    "await import('@modelcontextprotocol/server'); await import('@modelcontextprotocol/server/stdio')",
  zod: "await import('zod')",
};

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));

/** Every location in node_modules that `location` needs, itself included. */
function closure(location, seen = new Set()) {
  if (seen.has(location) || packages[location] === undefined || !existsSync(location)) return seen;
  seen.add(location);
  const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = packages[location];
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })) {
    if (peerDependenciesMeta?.[name]?.optional) continue;
    for (let base = location; ; base = base.slice(0, base.lastIndexOf('/node_modules/'))) {
      const candidate = `${base}/node_modules/${name}`;
      if (packages[candidate] !== undefined) {
        closure(candidate, seen);
        break;
      }
      if (!base.includes('/node_modules/')) {
        closure(`node_modules/${name}`, seen);
        break;
      }
    }
  }
  return seen;
}

function kilobytes(locations) {
  if (locations.length === 0) return 0;
  const out = execFileSync('du', ['-sk', '--exclude=node_modules', ...locations], { encoding: 'utf8' });
  return out
    .trim()
    .split('\n')
    .reduce((sum, line) => sum + Number.parseInt(line, 10), 0);
}

function startMs(code) {
  const started = process.hrtime.bigint();
  execFileSync(process.execPath, ['--input-type=module', '-e', code]);
  return Number(process.hrtime.bigint() - started) / 1e6;
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const names = Object.keys(LIBRARIES);
const closures = new Map(names.map((name) => [name, [...closure(`node_modules/${name}`)]]));
const times = new Map(['bare', ...names].map((name) => [name, []]));
for (let run = 0; run < RUNS; run++) {
  times.get('bare').push(startMs(''));
  for (const name of names) times.get(name).push(startMs(LIBRARIES[name]));
}

const bare = median(times.get('bare'));
console.log(`Node ${process.version}, bare start ${bare.toFixed(0)} ms, median of ${RUNS}.\n`);
console.log('| library | version | packages it brings | install size | import, over bare Node |');
console.log('|---|---|---|---|---|');
for (const name of names) {
  const locations = closures.get(name);
  const { version } = JSON.parse(readFileSync(path.join('node_modules', name, 'package.json'), 'utf8'));
  const overMs = median(times.get(name)) - bare;
  console.log(
    `| ${name} | ${version} | ${locations.length} | ${kilobytes(locations)} kB | ${overMs.toFixed(0)} ms |`,
  );
}
