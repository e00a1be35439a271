import type { Report } from '../../src/model/report.js';
import type { Count } from './fault.js';
import type { World } from './world.js';

/** What was decided of each package, by name. */
export type Verdicts = ReadonlyMap<string, string>;

export function verdictsOf(report: Report): Verdicts {
  return new Map(report.packages.map(({ name, risk, action }) => [name, `${risk} ${action}`]));
}

/** `unknown` is not safe, and blocks: that is what a package is that could not be asked about. */
const UNDECIDED = 'unknown block';

/** Counts that a report under faults has every package, and says of each what the quiet run says or that it is undecided. */
export function compareReports(count: Count, world: World, quiet: Verdicts, noisy: Report | null): void {
  if (noisy === null) {
    count.look('judged', false, 'there is no report');
    return;
  }
  const verdicts = verdictsOf(noisy);
  for (const name of world.names) {
    const verdict = verdicts.get(name);
    count.look('judged', verdict !== undefined, `${name} is not in the report`);
    const isRight = verdict === quiet.get(name) || verdict === UNDECIDED;
    count.look('verdicts', isRight, `${name} is ${verdict}, and ${quiet.get(name)} in the quiet run`);
  }
  const undecided = [...verdicts.values()].filter((verdict) => verdict === UNDECIDED).length;
  count.undecided += undecided;
  const status = noisy.summary.blocked > 0 ? 'blocked' : undecided > 0 ? 'undecided' : 'allowed';
  count.look(
    'verdicts',
    noisy.status === status,
    `the whole is ${noisy.status}, with ${undecided} undecided`,
  );
}

/** The same, where nothing may be undecided. */
export function expectQuiet(count: Count, quiet: Verdicts, report: Report | null): void {
  const same = report !== null && JSON.stringify([...verdictsOf(report)]) === JSON.stringify([...quiet]);
  count.look(
    'next',
    same,
    `the next run says ${report === null ? 'nothing' : JSON.stringify(report.summary)}`,
  );
}
