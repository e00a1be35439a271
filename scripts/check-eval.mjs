// Runs `check` twice on every lockfile of ../shared/eval against the configured registry, and prints a row for each.
// With no cache at first; download counts are not asked for. Further arguments go to `check`: -- --no-data
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = '../shared/eval/lockfiles';
if (!existsSync(ROOT)) {
  console.log('../shared/eval is not here: nothing to check');
  process.exit(0);
}

const cacheDir = mkdtempSync(path.join(tmpdir(), 'phantom-guard-eval-'));
const run = (file) => {
  const args = [
    'dist/cli.js',
    'check',
    file,
    '--format',
    'json',
    '--all',
    '--downloads-url',
    'none',
    '--cache-dir',
    cacheDir,
    ...process.argv.slice(2),
  ];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 30 });
  return { status, report: JSON.parse(stdout) };
};
const namesOf = ({ packages }) =>
  new Set(packages.filter(({ source }) => source === 'registry').map(({ name }) => name));
const difference = (a, b) => [...a].filter((name) => !b.has(name));

console.log(
  '| lockfile | packages | exit | blocked | suspicious | unknown | requests, first run | ms | exit, second run | requests | ms |',
);
console.log('|---|---|---|---|---|---|---|---|---|---|---|');
const remarks = [];
for (const tree of ['small', 'medium', 'monorepo', 'xl']) {
  const names = [];
  for (const kind of ['package-lock.json', 'pnpm-lock.yaml']) {
    const first = run(path.join(ROOT, tree, kind));
    const second = run(path.join(ROOT, tree, kind));
    const { summary, stats } = first.report;
    names.push(namesOf(first.report));
    const cells = [
      `${tree}/${kind}`,
      summary.packages,
      first.status,
      summary.blocked,
      summary.suspicious,
      summary.unknown,
    ];
    const again = [
      second.status,
      second.report.stats.registryRequests,
      Math.round(second.report.stats.elapsedMs),
    ];
    console.log(
      `| ${[...cells, stats.registryRequests, Math.round(stats.elapsedMs), ...again].join(' | ')} |`,
    );
    for (const { name, version, risk, score } of first.report.packages.filter(
      ({ risk }) => risk !== 'safe',
    )) {
      remarks.push(`${tree}/${kind}: ${name}@${version} is ${risk} (${score})`);
    }
  }
  const [npm, pnpm] = names;
  remarks.push(
    `${tree}: ${npm.size} names by npm, ${pnpm.size} by pnpm; only npm: ${difference(npm, pnpm).join(', ') || 'none'}; only pnpm: ${difference(pnpm, npm).join(', ') || 'none'}`,
  );
}
console.log(`\n${remarks.join('\n')}`);
rmSync(cacheDir, { recursive: true });
