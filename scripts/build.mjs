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

await build({
  entryPoints: {
    cli: 'src/cli.ts',
    index: 'src/index.ts',
    'pnpm-hook': 'src/pnpm-hook.ts',
    'workers/scan-names': 'workers/scan-names.ts',
    // piscina starts this file beside its own code, which ends up in chunks/.
    'chunks/worker': createRequire(import.meta.url)
      .resolve('piscina')
      .replace(/main\.js$/, 'worker.js'),
  },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.18',
  chunkNames: 'chunks/[name]-[hash]',
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
});

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
