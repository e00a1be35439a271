import { defineConfig } from 'vitest/config';

/** The version of each Node, and where its program lies; scripts/check-node-versions.mjs gives them. */
const nodes = Object.entries<string>(JSON.parse(process.env['PHANTOM_GUARD_TEST_NODES'] ?? '{}'));
if (nodes.length === 0) throw new Error('run "npm run check:node-versions"');

/** The end-to-end tests of the built command line, once on each Node. */
export default defineConfig({
  test: {
    globalSetup: 'test/support/temporary-folder.ts',
    reporters: 'default',
    maxWorkers: 2,
    projects: nodes.map(([name, node]) => ({
      test: {
        name,
        include: ['test/e2e/{check,commands}.test.ts'],
        env: { PHANTOM_GUARD_TEST_NODE: node },
        testTimeout: 60_000,
        hookTimeout: 60_000,
      },
    })),
  },
});
