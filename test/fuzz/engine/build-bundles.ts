import path from 'node:path';
import { build } from 'esbuild';
import type { FuzzBundles } from './run-child.js';

/** These read themselves from their own folders. */
const EXTERNAL = ['@npmcli/config', '@npmcli/config/*', '@pnpm/lockfile-file'];
const BANNER = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/**
 * Bundles the child and the targets into `folder`. Libraries go into the bundle, so that what an input reaches in them counts.
 *
 * @param folder below node_modules, for what is left outside
 */
export async function buildBundles(folder: string, targets: string): Promise<FuzzBundles> {
  const outputs = { child: path.join(folder, 'child.mjs'), targets: path.join(folder, 'targets.mjs') };
  const entries = [
    ['test/fuzz/child.ts', outputs.child],
    [targets, outputs.targets],
  ] as const;
  for (const [entry, outfile] of entries) {
    await build({
      entryPoints: [path.resolve(entry)],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      mainFields: ['module', 'main'],
      target: 'node20',
      external: EXTERNAL,
      banner: { js: BANNER },
      logLevel: 'warning',
    });
  }
  return outputs;
}
