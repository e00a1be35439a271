// What the script gate adds to each lifecycle script, in pairs with the plain shell: for `npm run`, and for a script of
// an install that was judged. This process plays npm's part, so that the gate finds its verdict.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';

const RUNS = 400;
const LIMIT_MS = 15;
const gate = path.resolve(import.meta.dirname, '../hooks/script-shell');
const home = realpathSync(mkdtempSync(path.join(tmpdir(), 'phantom-guard-bench-')));
const folder = path.join(home, 'node_modules', 'a');
mkdirSync(folder, { recursive: true });
mkdirSync(path.join(home, 'guard', 'gate'), { recursive: true, mode: 0o700 });

const { started, boot } = identity();
writeFileSync(
  path.join(home, 'guard', 'gate', `${process.pid}-${started}`),
  `phantom-guard-gate 1 ${boot}\nallowed ${home}\n`,
);

function identity() {
  if (process.platform === 'linux') {
    const stat = readFileSync('/proc/self/stat', 'utf8');
    return {
      started: stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19],
      boot: readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(),
    };
  }
  const { stdout } = spawnSync('ps', ['-o', 'lstart=', '-p', String(process.pid)], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  return { started: stdout.trim().split(/\s+/).join('-'), boot: '-' };
}

function timeOne(shell, command) {
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    PHANTOM_GUARD_HOME: path.join(home, 'guard'),
    npm_command: command,
    npm_lifecycle_event: 'install',
    npm_execpath: '/x/npm-cli.js',
    // Nothing may be judged here: that would be no measurement of this.
    npm_node_execpath: '/bin/false',
  };
  const start = performance.now();
  const { status } = spawnSync(shell, ['-c', 'true'], { cwd: folder, env, stdio: 'ignore' });
  if (status !== 0) throw new Error(`${shell} ended with ${status} for ${command}`);
  return performance.now() - start;
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const p95 = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)];

for (const command of ['run-script', 'install']) {
  const pairs = Array.from({ length: RUNS }, () => [timeOne('/bin/sh', command), timeOne(gate, command)]);
  const extra = pairs.map(([plain, gated]) => gated - plain);
  const shown = [median(pairs.map(([plain]) => plain)), median(extra), p95(extra)].map((ms) => ms.toFixed(2));
  console.log(
    `${command.padEnd(10)}  plain ${shown[0]} ms, extra ${shown[1]} ms (median), ${shown[2]} ms (p95)`,
  );
  if (process.argv.includes('--check') && median(extra) > LIMIT_MS) process.exitCode = 1;
}
