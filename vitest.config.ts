import { defineConfig } from 'vitest/config';
import { SlowestFirst } from './test/support/slowest-first.js';

/** Of each project; what a project gets of the root by `extends` it can't replace. */
const OF_EACH = {
  // One for each core of CI: most tests wait for package managers.
  maxWorkers: 2,
  testTimeout: 60_000,
  hookTimeout: 60_000,
};
const PURE = 'test/unit/**/*.test.ts';

export default defineConfig({
  test: {
    globalSetup: 'test/support/temporary-folder.ts',
    reporters: ['default', ['json', { outputFile: 'coverage/tests.json' }]],
    maxWorkers: OF_EACH.maxWorkers,
    sequence: { sequencer: SlowestFirst },
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      clean: false,
      reporter: ['text-summary', 'json-summary'],
      thresholds: { lines: 90, branches: 90 },
    },
    projects: [
      { test: { ...OF_EACH, name: 'world', include: ['test/**/*.test.ts'], exclude: [PURE] } },
      // Pure: what a file leaves behind no other one sees, so that a process loads the modules once for all of them.
      { test: { ...OF_EACH, name: 'unit', include: [PURE], isolate: false } },
    ],
  },
});
