import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const CACHE = path.resolve('node_modules/.cache/phantom-guard-toolchain');

/** Verdaccio 5 asks for node-fetch by a tag that not every mirror of the registry has. */
const OVERRIDES = { verdaccio: { 'node-fetch': '2.7.0' } };

/**
 * Installs a version of a package and gives its folder below node_modules/.cache, which appears only when it is complete; one that is
 * there already is left alone.
 */
export function provide(name, version) {
  const folder = path.join(CACHE, `${name.replace('@', '').replace('/', '-')}-${version}`);
  const installed = path.join(folder, 'node_modules', name);
  if (existsSync(folder)) return installed;
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
    // A staging folder is for its user alone; who runs what is in it may be another.
    chmodSync(staging, 0o755);
    renameSync(staging, folder);
    console.log(`installed ${name} ${version}`);
    return installed;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}
