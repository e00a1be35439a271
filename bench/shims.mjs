// What the shim of npm adds to a command that only reads: pairs of `npm ls --json` with and without it, after
// `init --global` into a temporary home.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { changeBlock } from './recorded-block.mjs';

const PAIRS = Number(process.argv.find((word) => /^\d+$/.test(word)) ?? 20);
const LIMIT_MS = 60;
const home = mkdtempSync(path.join(tmpdir(), 'phantom-guard-bench-'));
const project = path.join(home, 'project');
const env = { PATH: process.env.PATH, HOME: home, npm_config_update_notifier: 'false' };
const cli = path.resolve(import.meta.dirname, '../dist/cli.js');
const wired = spawnSync(process.execPath, [cli, 'init', '--global', '--yes'], {
  cwd: home,
  env,
  stdio: 'ignore',
});
if (wired.status !== 0) throw new Error('init --global failed');
mkdirSync(project);
writeFileSync(path.join(project, 'package.json'), '{"name":"project","version":"1.0.0"}');

const shims = path.join(home, '.local/share/phantom-guard/shims');

// An npm that does nothing shows what the shim itself takes; npm's own time varies more than that.
const stub = path.join(home, 'stub');
mkdirSync(stub);
writeFileSync(path.join(stub, 'npm'), '#!/bin/sh\n', { mode: 0o755 });

function timeOne(environment) {
  const start = performance.now();
  const { status } = spawnSync('npm', ['ls', '--json'], { cwd: project, env: environment, stdio: 'ignore' });
  if (status !== 0) throw new Error(`npm ls ended with ${status}`);
  return performance.now() - start;
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const lines = [];
for (const [what, before, pairs] of [
  ['npm ls --json', '', PAIRS],
  ['an npm that does nothing', `${stub}:`, PAIRS * 10],
]) {
  const plain = { ...env, PATH: `${before}${env.PATH}` };
  const shimmed = { ...env, PATH: `${shims}:${before}${env.PATH}` };
  timeOne(plain);
  const times = Array.from({ length: pairs }, () => [timeOne(plain), timeOne(shimmed)]);
  const extra = median(times.map(([one, other]) => other - one));
  const alone = median(times.map(([one]) => one));
  lines.push(
    `${what}: ${alone.toFixed(1)} ms, with the shim ${extra.toFixed(1)} ms more (median of ${pairs} pairs)`,
  );
  console.log(lines.at(-1));
  if (process.argv.includes('--check') && extra > LIMIT_MS) process.exitCode = 1;
}
if (process.argv.includes('--record'))
  changeBlock('docs/performance.md', 'bench:shims', () =>
    [`Recorded ${new Date().toISOString().slice(0, 10)}:`, '', ...lines.map((line) => `- ${line}`)].join(
      '\n',
    ),
  );
