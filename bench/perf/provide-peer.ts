import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Beside the managers of `npm run toolchain`. Nothing there is a dependency of ours. */
const CACHE = path.resolve('node_modules/.cache/phantom-guard-peers');

/** Installs a package to compare with, where it isn't there yet; returns its folder. Appears only when it is complete. */
export function providePeer(name: string, version: string): string {
  const folder = path.join(CACHE, `${name}-${version}`);
  const place = path.join(folder, 'node_modules', name);
  if (existsSync(folder)) return place;
  mkdirSync(CACHE, { recursive: true });
  const staging = mkdtempSync(path.join(CACHE, '.staging-'));
  try {
    writeFileSync(path.join(staging, 'package.json'), '{ "private": true }\n');
    const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier'];
    execFileSync('npm', ['install', ...quiet, `${name}@${version}`], {
      cwd: staging,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    renameSync(staging, folder);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
  return place;
}
