import { mkdirSync, mkdtempSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

/** Bundles the program of the cache's tests that looks names up and writes them. @returns its path */
export async function buildCacheWriter(): Promise<string> {
  const cache = path.resolve('node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const outfile = path.join(mkdtempSync(path.join(cache, 'cache-writer-')), 'script.mjs');
  const require = 'const require = createRequire(import.meta.url);';
  await build({
    entryPoints: [path.resolve('test/integration/cache/processes.fixture.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
    banner: { js: `import { createRequire } from 'node:module'; ${require}` },
  });
  return outfile;
}
