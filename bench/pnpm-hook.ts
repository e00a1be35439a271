// What the hooks of pnpm cost: `pnpm install --frozen-lockfile` with a warm store, and the install that has nothing to do,
// plain, with hooks that do nothing (inert) and guarded, in turn, on the real lockfiles of ../shared/eval. The store is filled
// from the configured registry.
//
//   npm run bench:pnpm-hook                               pnpm 9, 10, 11, 12 on small
//   npm run bench:pnpm-hook -- --size small --size xl --pnpm 12.21.0 --rounds 9
//   npm run bench:pnpm-hook -- --check                    exit 1 where a budget is exceeded
//   npm run bench:pnpm-hook -- --record                   also writes the table into docs/performance.md
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { guardHome, wirePnpmfile } from '../test/support/pnpm-guard.js';
import { type PnpmManager, pnpmEnv, pnpmManagers } from '../test/support/pnpm-managers.js';
import { changeBlock } from './recorded-block.mjs';

const EVAL = path.resolve('../shared/eval/lockfiles');
const DOCUMENT = 'docs/performance.md';
const BLOCK = 'bench:pnpm-hook';
const VERSIONS = ['9.15.9', '10.34.9', '11.28.11', '12.21.0'];
const SIZES = ['small', 'medium', 'xl'];
const ARGS = [
  'install',
  '--frozen-lockfile',
  '--ignore-scripts',
  '--prefer-offline',
  '--config.strict-peer-dependencies=false',
];
const HEAD = [
  '| pnpm | project | install | rounds | plain | inert | guarded | more than plain | budget | kept |',
  '|---|---|---|---|---|---|---|---|---|---|',
];

type Kind = 'plain' | 'inert' | 'guarded';
const KINDS: readonly Kind[] = ['plain', 'inert', 'guarded'];
type Work = 'frozen' | 'again';
type Row = {
  readonly pnpm: string;
  readonly size: string;
  readonly work: Work;
  readonly rounds: number;
  readonly ms: Readonly<Record<Kind, number>>;
  readonly isKept: boolean;
};

/** From the specification: the budget is the larger of a ratio and an addition. */
const BUDGETS: Readonly<
  Record<Work, { readonly ratio: number; readonly addedMs: number; readonly words: string }>
> = {
  frozen: { ratio: 1.05, addedMs: 150, words: '1.05 × or + 150 ms' },
  again: { ratio: 1, addedMs: 100, words: '+ 100 ms' },
};
const WORK_NAMES: Readonly<Record<Work, string>> = { frozen: 'warm store', again: 'nothing to do' };

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    pnpm: { type: 'string', multiple: true, default: VERSIONS },
    size: { type: 'string', multiple: true, default: ['small'] },
    check: { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
  },
});

if (!existsSync(EVAL)) {
  console.log(`skipped: ${EVAL} is not here`);
  process.exit(0);
}
const managers = pnpmManagers().managers.filter(({ version }) => values.pnpm.includes(version));
if (managers.length < values.pnpm.length)
  throw new Error('not all of these pnpm are here: run "npm run toolchain"');

const base = mkdtempSync(path.join(tmpdir(), 'phantom-guard-bench-'));
const registry = spawnSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).stdout.trim();
const rows: Row[] = [];
try {
  for (const manager of managers)
    for (const size of SIZES.filter((one) => values.size.includes(one)))
      rows.push(...measure(manager, size, Number(values.rounds)));
} finally {
  rmSync(base, { recursive: true, force: true });
}
console.log(tableOf(rows));
if (values.record) record();
if (values.check && rows.some(({ isKept }) => !isKept)) process.exitCode = 1;

function measure(manager: PnpmManager, size: string, rounds: number): Row[] {
  for (const kind of KINDS) prepare(manager, size, kind);
  const samples = { frozen: emptySamples(), again: emptySamples() };
  for (let round = 0; round < rounds; round++)
    for (const kind of rotated(KINDS, round)) {
      rmSync(path.join(projectOf(kind), 'node_modules'), { recursive: true, force: true });
      samples.frozen[kind].push(pnpm(manager, kind, ARGS));
      samples.again[kind].push(pnpm(manager, kind, ARGS));
    }
  return (['frozen', 'again'] as const).map((work) => {
    const ms = { plain: 0, inert: 0, guarded: 0 };
    for (const kind of KINDS) ms[kind] = median(samples[work][kind]);
    const { ratio, addedMs } = BUDGETS[work];
    const isKept = ms.guarded <= Math.max(ms.plain * ratio, ms.plain + addedMs);
    const row = { pnpm: manager.version, size, work, rounds, ms, isKept };
    process.stderr.write(`${lineOf(row)}\n`);
    return row;
  });
}

/** The project with a lockfile that this pnpm has written for these hooks, and all it needs in the store and the caches. */
function prepare(manager: PnpmManager, size: string, kind: Kind): void {
  const dir = projectOf(kind);
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  for (const file of ['package.json', 'pnpm-lock.yaml'])
    cpSync(path.join(EVAL, size, file), path.join(dir, file));
  if (kind !== 'plain') wirePnpmfile(dir, { inert: kind === 'inert' });
  pnpm(manager, kind, ['install', '--no-frozen-lockfile', ...ARGS.slice(2)]);
}

function projectOf(kind: Kind): string {
  return path.join(base, kind);
}

/** Milliseconds of one run. */
function pnpm(manager: PnpmManager, kind: Kind, args: readonly string[]): number {
  const [file, ...first] = manager.command;
  const home = path.join(base, 'home');
  const env = {
    ...process.env,
    ...pnpmEnv(manager, { home, registry }),
    HTTPS_PROXY: process.env['HTTPS_PROXY'] ?? '',
    NO_PROXY: process.env['NO_PROXY'] ?? '',
    PHANTOM_GUARD_HOME: guardHome(),
    PHANTOM_GUARD_CACHE_DIR: path.join(home, 'guard-cache'),
    PHANTOM_GUARD_OPTIONS: '--downloads-url none',
  };
  const started = process.hrtime.bigint();
  const { status, stdout, stderr, error } = spawnSync(file, [...first, ...args], {
    cwd: projectOf(kind),
    env,
    encoding: 'utf8',
  });
  const elapsedMs = Number(process.hrtime.bigint() - started) / 1e6;
  if (status !== 0)
    throw new Error(
      `pnpm ${manager.version} ${args.join(' ')}, ${kind}: ${error ?? (stdout + stderr).slice(0, 2000)}`,
    );
  return elapsedMs;
}

function emptySamples(): Record<Kind, number[]> {
  return { plain: [], inert: [], guarded: [] };
}

function rotated<T>(all: readonly T[], by: number): readonly T[] {
  const at = by % all.length;
  return [...all.slice(at), ...all.slice(0, at)];
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

function lineOf({ pnpm: version, size, work, rounds, ms, isKept }: Row): string {
  const { plain, inert, guarded } = ms;
  const cells = [
    version,
    size,
    WORK_NAMES[work],
    rounds,
    ...[plain, inert, guarded, guarded - plain].map(inMs),
  ];
  return `| ${[...cells, BUDGETS[work].words, isKept ? 'yes' : '**no**'].join(' | ')} |`;
}

function inMs(ms: number): string {
  return `${Math.round(ms)} ms`;
}

function tableOf(all: readonly Row[]): string {
  return [...HEAD, ...all.map(lineOf)].join('\n');
}

/** Rows that this run did not measure stay. */
function record(): void {
  const date = new Date().toISOString().slice(0, 10);
  const place = `Recorded ${date}: Node ${process.versions.node} (pnpm 11: its own), ${cpus().length} cores, medians.`;
  changeBlock(DOCUMENT, BLOCK, (before: string) => {
    const keyOf = (line: string) => line.split('|').slice(1, 4).join('|');
    const measured = new Map(rows.map((row) => [keyOf(lineOf(row)), lineOf(row)]));
    const old = before.split('\n').filter((line) => /^\| \d/.test(line));
    const kept = old.map((line) => measured.get(keyOf(line)) ?? line);
    const known = new Set(old.map(keyOf));
    const added = [...measured].filter(([key]) => !known.has(key)).map(([, line]) => line);
    return [place, '', ...HEAD, ...kept, ...added].join('\n');
  });
}
