// Faults, injected and counted: npm run faults -- [--only NAME,…] [--quick] [--record]. Status 1 where something did not hold.
import { parseArgs } from 'node:util';
import { currentCommit } from '../test/fuzz/record.js';
import { Count, type FaultKind, type Size, Skipped } from './faults/fault.js';
import { KINDS } from './faults/kinds/index.js';
import { type FaultResult, recordResult } from './faults/record.js';

const MOST_FAILURES = 20;

async function runKind(kind: FaultKind, size: Size): Promise<FaultResult | string> {
  const count = new Count();
  const startMs = performance.now();
  try {
    await kind.run(size, count);
  } catch (error) {
    if (error instanceof Skipped) return error.message;
    throw error;
  }
  const { name, fault } = kind;
  const seconds = Math.round((performance.now() - startMs) / 1000);
  const failures = count.failures.slice(0, MOST_FAILURES);
  const { injected, undecided } = count;
  return { name, fault, injected, undecided, checks: count.checks, failures, seconds };
}

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
  },
});
const commit = values.record ? currentCommit() : '';
const only = values.only?.split(',') ?? KINDS.map(({ name }) => name);
const strange = only.filter((name) => !KINDS.some((kind) => kind.name === name));
if (strange.length > 0 || (values.quick && values.record)) {
  console.error(`kinds: ${KINDS.map(({ name }) => name).join(', ')}; a quick run is not recorded`);
  process.exitCode = 2;
} else {
  for (const kind of KINDS.filter(({ name }) => only.includes(name))) {
    const result = await runKind(kind, values.quick ? 'quick' : 'whole');
    if (typeof result === 'string') {
      console.log(`${kind.name}: skipped, ${result}`);
      continue;
    }
    const checks = Object.entries(result.checks).map(([check, times]) => `${check} ${times}`);
    const { injected, undecided, seconds, failures } = result;
    console.log(
      `${kind.name}: ${injected} faults, ${seconds} s; ${checks.join(', ')}; ${undecided} undecided, ${failures.length} failures`,
    );
    for (const failure of failures) console.error(`  ${failure}`);
    if (failures.length > 0) process.exitCode = 1;
    if (values.record) recordResult(result, commit);
  }
}
