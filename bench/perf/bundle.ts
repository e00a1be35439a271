import path from 'node:path';
import { build } from 'esbuild';

/**
 * Bundles a TypeScript entry as scripts/build.mjs does, into `scratch` (see inScratch); returns the path to start. Without
 * `minify` names stay what they are.
 */
export async function bundleEntry(entry: string, scratch: string, minify = true): Promise<string> {
  const name = path.basename(entry, '.ts');
  await build({
    entryPoints: { [name]: entry },
    outdir: scratch,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.18',
    minify,
    outExtension: { '.js': '.mjs' },
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
    external: ['@napi-rs/nice'],
    define: { __PHANTOM_GUARD_VERSION__: '"0.0.0"', __PHANTOM_GUARD_DATA_DATE__: '"2026-03-01"' },
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);const __dirname = import.meta.dirname;",
    },
    logLevel: 'warning',
  });
  return path.join(scratch, `${name}.mjs`);
}
