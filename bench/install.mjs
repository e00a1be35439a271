// What the wrapper costs: `npm ci` and a fresh `npm install`, plain and guarded in turn, with a warm npm cache, on the real
// lockfiles of ../shared/eval and the configured registry.
//
//   npm run bench:install                            all, 5 pairs each
//   npm run bench:install -- --rounds 3 --only ci    --only ci|install, --size small|medium|xl
//   npm run bench:install -- --check                 exit 1 where a budget is exceeded
//   npm run bench:install -- --record                also writes the table into docs/performance.md
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { satisfies } from 'semver';
import { changeBlock } from './recorded-block.mjs';

const EVAL = path.resolve('../shared/eval/lockfiles');
const CLI = path.resolve('dist/cli.js');
const DOCUMENT = 'docs/performance.md';
const HEAD = [
  '| command | project | pairs | plain | guarded | more | ratio | budget | kept |',
  '|---|---|---|---|---|---|---|---|---|',
];
/** How the lockfile was made. */
const OPTIONS = { xl: ['--legacy-peer-deps'] };
const QUIET = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];

/** From the specification: the budget is the larger of a ratio and an addition. */
const BUDGETS = {
  ci: { ratio: 1.05, addedMs: 200, words: '1.05 × or + 200 ms' },
  install: { ratio: 1.3, addedMs: 2_000, words: '1.30 × or + 2 s' },
};

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    only: { type: 'string' },
    size: { type: 'string' },
    check: { type: 'boolean' },
    record: { type: 'boolean' },
  },
});

if (!existsSync(EVAL)) {
  console.log(`skipped: ${EVAL} is not here`);
  process.exit(0);
}

const base = mkdtempSync(path.join(tmpdir(), 'phantom-guard-bench-'));
const env = {
  ...process.env,
  npm_config_cache: path.join(base, 'npm-cache'),
  PHANTOM_GUARD_CACHE_DIR: path.join(base, 'guard-cache'),
  // npm's default, whatever this machine's configuration says.
  npm_config_omit_lockfile_registry_resolved: 'false',
};
const rows = [];
try {
  for (const kind of ['ci', 'install'].filter((one) => values.only === undefined || values.only === one))
    for (const size of ['small', 'medium', 'xl'].filter(
      (one) => values.size === undefined || values.size === one,
    ))
      rows.push(measure(kind, size, Number(values.rounds)));
} finally {
  rmSync(base, { recursive: true, force: true });
}
console.log(table(rows));
if (values.record) record(table(rows));
if (values.check && rows.some(({ isKept }) => !isKept)) process.exitCode = 1;

function measure(kind, size, rounds) {
  const words = ['npm', kind, ...QUIET, ...(OPTIONS[size] ?? [])];
  const plain = () => run(kind, size, words[0], words.slice(1));
  const guarded = () =>
    run(kind, size, process.execPath, [CLI, '--downloads-url', 'none', '--quiet', ...words]);
  // The first of each fills the caches.
  plain();
  guarded();
  const pairs = Array.from({ length: rounds }, (_, round) => {
    const first = round % 2 === 0 ? plain() : guarded();
    return round % 2 === 0 ? { plain: first, guarded: guarded() } : { plain: plain(), guarded: first };
  });
  const plainMs = median(pairs.map((pair) => pair.plain));
  const guardedMs = median(pairs.map((pair) => pair.guarded));
  const { ratio, addedMs, words: budget } = BUDGETS[kind];
  const isKept = guardedMs <= Math.max(plainMs * ratio, plainMs + addedMs);
  const row = { kind, size, rounds, plainMs, guardedMs, budget, isKept };
  process.stderr.write(`${kind} ${size}: ${seconds(plainMs)} plain, ${seconds(guardedMs)} guarded\n`);
  return row;
}

/**
 * The lockfile without requests for optional packages that it does not have: `npm ci` looks for each of them (other
 * platforms' programs, mostly) on the registry, and refuses the lockfile where a mirror lacks one.
 */
function lockfileOf(size) {
  const lockfile = JSON.parse(readFileSync(path.join(EVAL, size, 'package-lock.json'), 'utf8'));
  for (const [place, { optionalDependencies = {} }] of Object.entries(lockfile.packages))
    for (const [name, range] of Object.entries(optionalDependencies))
      if (!satisfies(found(lockfile.packages, place, name)?.version ?? '', range))
        delete optionalDependencies[name];
  return JSON.stringify(lockfile, null, 2);
}

/** What a package at `place` gets for `name`: the nearest one on the way up. */
function found(packages, place, name) {
  const own = packages[path.posix.join(place, 'node_modules', name)];
  if (own !== undefined || place === '') return own;
  return found(packages, place.slice(0, Math.max(0, place.lastIndexOf('node_modules/') - 1)), name);
}

/** In a fresh copy of the project, which is not part of the time. */
function run(kind, size, program, args) {
  const dir = path.join(base, 'project');
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir);
  writeFileSync(path.join(dir, 'package.json'), readFileSync(path.join(EVAL, size, 'package.json')));
  if (kind === 'ci') writeFileSync(path.join(dir, 'package-lock.json'), lockfileOf(size));
  const started = process.hrtime.bigint();
  const { status, stderr, error } = spawnSync(program, args, { cwd: dir, env, encoding: 'utf8' });
  const elapsedMs = Number(process.hrtime.bigint() - started) / 1e6;
  if (status !== 0)
    throw new Error(`${program} ${args.join(' ')} in ${size}: ${error ?? stderr.slice(0, 2000)}`);
  return elapsedMs;
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function table(all) {
  const name = { ci: '`npm ci`', install: '`npm install`, no lockfile' };
  return [
    ...HEAD,
    ...all.map(({ kind, size, rounds, plainMs, guardedMs, budget, isKept }) => {
      const more = `${Math.round(guardedMs - plainMs)} ms`;
      const ratio = (guardedMs / plainMs).toFixed(2);
      return `| ${name[kind]} | ${size} | ${rounds} | ${seconds(plainMs)} | ${seconds(guardedMs)} | ${more} | ${ratio} | ${budget} | ${isKept ? 'yes' : '**no**'} |`;
    }),
  ].join('\n');
}

function seconds(ms) {
  return `${(ms / 1000).toFixed(2)} s`;
}

/** Rows that this run did not measure stay, in their order. */
function record(text) {
  const npm = spawnSync('npm', ['--version'], { encoding: 'utf8' }).stdout.trim();
  const date = new Date().toISOString().slice(0, 10);
  const on = `Recorded ${date}: npm ${npm}, Node ${process.versions.node}, ${cpus().length} cores, medians.`;
  const rowsOf = (lines) => lines.filter((line) => /^\| `npm/.test(line));
  const keyOf = (row) => row.split('|').slice(1, 3).join('|');
  changeBlock(DOCUMENT, 'bench:install', (before) => {
    const all = [...rowsOf(before.split('\n')), ...rowsOf(text.split('\n'))].map((row) => [keyOf(row), row]);
    return [on, '', ...HEAD, ...new Map(all).values()].join('\n');
  });
}
