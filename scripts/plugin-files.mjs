import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The second one is piscina's, which starts it as a thread. */
const ENTRIES = ['dist/pnpm-hook.js', 'dist/chunks/worker.js'];
/** As the bundler writes the files that it splits off, minified. */
const IMPORTED = /["'`](\.{1,2}\/[\w./-]+\.js)["'`]/g;
/** In the package, and in this repository; everything else is made of the entries and what they import. */
const FIXED = {
  'pnpmfile.cjs': 'plugin/pnpmfile.cjs',
  'plugin.cjs': 'plugin/plugin.cjs',
  'README.md': 'plugin/README.md',
  'hooks/pnpmfile.cjs': 'hooks/pnpmfile.cjs',
  'data/names.bin': 'data/names.bin',
  'data/snapshot.bin': 'data/snapshot.bin',
  LICENSE: 'LICENSE',
  'dist/THIRD-PARTY-NOTICES.txt': 'dist/THIRD-PARTY-NOTICES.txt',
};

/** Every file of pnpm-plugin-phantom-guard but its package.json: its place there, and the file of this repository. */
export function pluginFiles() {
  const seen = new Set();
  for (const entry of ENTRIES) reachable(entry, seen);
  return { ...FIXED, ...Object.fromEntries([...seen].map((file) => [file, file])) };
}

/** The package.json, from that of this repository. */
export function pluginManifest() {
  const { version, license, author, repository, engines } = JSON.parse(readFileSync('package.json', 'utf8'));
  return {
    name: 'pnpm-plugin-phantom-guard',
    version,
    description: 'phantom-guard-install as a config dependency of pnpm 10.13 and later.',
    keywords: ['pnpm-plugin', 'slopsquatting', 'typosquatting', 'supply-chain', 'security'],
    license,
    author,
    repository,
    type: 'module',
    engines,
    exports: { './package.json': './package.json', './pnpmfile.cjs': './pnpmfile.cjs' },
    files: ['pnpmfile.cjs', 'plugin.cjs', 'hooks', 'dist', 'data'],
  };
}

function reachable(file, seen) {
  if (seen.has(file)) return;
  seen.add(file);
  for (const [, imported] of readFileSync(file, 'utf8').matchAll(IMPORTED)) {
    const next = path.posix.join(path.posix.dirname(file), imported);
    if (existsSync(next)) reachable(next, seen);
  }
}
