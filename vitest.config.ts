import { defineConfig } from 'vitest/config';
import { SlowestFirst } from './test/support/slowest-first.js';

/** Of each project. By `extends` it would have the global set-up of the root a second time. */
const OF_EACH = { testTimeout: 60_000, hookTimeout: 60_000 };
const PURE = 'test/unit/**/*.test.ts';

export default defineConfig({
  test: {
    globalSetup: 'test/support/temporary-folder.ts',
    reporters: ['default', ['json', { outputFile: 'coverage/tests.json' }]],
    // One for each core of CI.
    maxWorkers: 2,
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
      // Pure: one process loads the modules once for many of these files.
      {
        test: {
          ...OF_EACH,
          name: 'unit',
          include: [PURE],
          isolate: false,
          setupFiles: 'test/support/leaves-nothing.ts',
        },
      },
    ],
  },
});
