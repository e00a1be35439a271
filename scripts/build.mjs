// Bundles the command line and the library into dist/ and writes the type declarations.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { build } from 'esbuild';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
// Behind magic and format version: the date as the number yyyymmdd (src/names/data/format.ts).
const dataDate = String(readFileSync('data/names.bin').readUInt32LE(12)).replace(
  /(....)(..)(..)/,
  '$1-$2-$3',
);

rmSync('dist', { recursive: true, force: true });

/**
 * Libraries that not every run needs, each a file of its own in dist/lib/, with what is imported of it. All else of an entry
 * is one file: to find and open a file costs a start more than to skip code in one.
 */
const LIBRARIES = {
  '@npmcli/config': 'default',
  '@npmcli/config/lib/definitions/index.js': 'default',
  '@npmcli/map-workspaces': 'default',
  '@pnpm/lockfile-file': 'default',
  cacache: 'default',
  'cacache/lib/get.js': 'default',
  'csv-parse/sync': 'parse',
  'js-yaml': 'default',
  'npm-package-arg': 'default',
  piscina: 'Piscina, workerData',
  undici: 'default',
  'yocto-spinner': 'default',
};

const shared = {
  bundle: true,
  outdir: 'dist',
  format: 'esm',
  platform: 'node',
  target: 'node20.18',
  sourcemap: 'linked',
  sourcesContent: false,
  // Node parses less at each start; stack traces are read with the source maps.
  minify: true,
  // What Node itself loads of this package requires its parts by a parameter, which can't be bundled.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  // Native and optional; piscina does without it.
  external: ['@napi-rs/nice'],
  legalComments: 'linked',
  define: {
    __PHANTOM_GUARD_VERSION__: JSON.stringify(version),
    __PHANTOM_GUARD_DATA_DATE__: JSON.stringify(dataDate),
  },
  // Bundled CommonJS packages call require() for Node's own modules, and look beside themselves.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);const __dirname = import.meta.dirname;",
  },
  logLevel: 'warning',
};

const libraryFile = (name) => `${name.replaceAll(/[^a-z]+/g, '-').replace(/^-/, '')}.js`;

/** `import('library')` loads the file of the library; a static import bundles it. */
const librariesApart = (folder) => ({
  name: 'libraries-apart',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^[^.]/ }, ({ kind, path }) =>
      kind === 'dynamic-import' && path in LIBRARIES
        ? { path: `${folder}/${libraryFile(path)}`, external: true }
        : null,
    ),
});

const libraryEntries = {
  name: 'library-entries',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^library:/ }, ({ path }) => ({ path: path.slice(8), namespace: 'library' }));
    onLoad({ filter: /./, namespace: 'library' }, ({ path }) => ({
      contents: `export { ${LIBRARIES[path]} } from ${JSON.stringify(path)};`,
      resolveDir: process.cwd(),
    }));
  },
};

const entries = { cli: 'src/cli.ts', index: 'src/index.ts', 'pnpm-hook': 'src/pnpm-hook.ts' };
await build({ ...shared, entryPoints: entries, plugins: [librariesApart('./lib')] });
await build({
  ...shared,
  entryPoints: { 'workers/scan-names': 'workers/scan-names.ts' },
  plugins: [librariesApart('../lib')],
});
await build({
  ...shared,
  entryPoints: {
    ...Object.fromEntries(
      Object.keys(LIBRARIES).map((name) => [`lib/${libraryFile(name).slice(0, -3)}`, `library:${name}`]),
    ),
    // piscina starts this file beside its own code.
    'lib/worker': createRequire(import.meta.url)
      .resolve('piscina')
      .replace(/main\.js$/, 'worker.js'),
  },
  splitting: true,
  chunkNames: 'lib/[name]-[hash]',
  plugins: [libraryEntries],
});

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
