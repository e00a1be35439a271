// npm run bench:peers [-- --record]: this program, what it is compared with and what it guards, side by side in one run. Ratios, not times.
import { renderTable } from './accuracy/table.js';
import { type Comparison, compare } from './peers/comparison.js';
import { compareNpmCi, comparePnpmInstall } from './peers/installs.js';
import { compareLockfiles } from './peers/lockfiles.js';
import { compareUnknownPackages } from './peers/unknown-packages.js';
import { findLockfiles, NO_LOCKFILES } from './perf/lockfiles.js';
import { inScratch } from './perf/scratch.js';
import { startRegistry } from './perf/start-registry.js';
import { changeBlock } from './recorded-block.mjs';

/** Of test/support/toolchain.json. */
const PNPM = '10.34.9';
const DELAY_MS = 50;

const rows = await inScratch(async (scratch) => {
  const registry = await startRegistry(DELAY_MS);
  try {
    return [compareUnknownPackages(scratch, registry.url), ...realProjects(scratch)].flatMap((one) => {
      process.stderr.write(`${one.title}\n`);
      return compare(one);
    });
  } finally {
    await registry.close();
  }
});
const table = renderTable(
  ['what', 'who', 'ratio', 'median'],
  rows.map(({ title, name, ratio, ms }) => [title, name, `${ratio.toFixed(2)} ×`, `${ms.toFixed(0)} ms`]),
);
console.log(table);
if (process.argv.includes('--record')) {
  const on = `Recorded ${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}:`;
  changeBlock('docs/performance.md', 'bench:peers', () => `${on}\n\n${table}`);
}

function realProjects(scratch: string): readonly Comparison[] {
  if (findLockfiles() === null) {
    process.stderr.write(`skipped: ${NO_LOCKFILES}\n`);
    return [];
  }
  const pnpm = comparePnpmInstall(scratch, PNPM);
  if (pnpm === null) process.stderr.write(`skipped: pnpm ${PNPM} is not here, run "npm run toolchain"\n`);
  return [...compareLockfiles(scratch), compareNpmCi(scratch), ...(pnpm === null ? [] : [pnpm])];
}
