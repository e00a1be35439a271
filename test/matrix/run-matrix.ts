import { expectedOf } from './expected.js';
import { describeCell, type Observation } from './levels.js';
import { offencesOf, worstAllowed } from './rules.js';
import { runCell } from './run-cell.js';
import type { Place } from './select.js';

/** What came of one cell, whatever managers the table is about. */
export type Outcome = {
  readonly bad: Observation;
  readonly control: Observation;
  /** What the table says. */
  readonly text: string;
  /** `null`: nothing is expected. */
  readonly expected: string | null;
  readonly offences: readonly string[];
};

export type Result = Place & Outcome;

/** Runs these cells, `jobs` at a time; the results are in the order of the cells. */
export async function runMatrix<Cell, Done>(
  places: readonly Cell[],
  run: (place: Cell) => Promise<Done>,
  jobs: number,
  onResult: (result: Done) => void,
): Promise<readonly Done[]> {
  const results = new Map<Cell, Done>();
  const left = [...places];
  const work = async (): Promise<void> => {
    for (let place = left.shift(); place !== undefined; place = left.shift()) {
      const result = await run(place);
      results.set(place, result);
      onResult(result);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return places.flatMap((place) => results.get(place) ?? []);
}

/** One cell, with the bad package and with its control. */
export async function runPlace(place: Place): Promise<Result> {
  const bad = await runCell({ ...place, variant: 'bad' });
  const control = await runCell({ ...place, variant: 'healthy' });
  const { guard, manager, scenario } = place;
  const worst = worstAllowed(guard.id, manager.major, scenario);
  // The wrapper judges before npm starts.
  const empties = guard.id !== 'wrapper' && scenario.empties === true;
  const plain = expectedOf('plain', scenario.id, manager.major);
  return {
    ...place,
    bad,
    control,
    text: describeCell(bad, control),
    expected: expectedOf(guard.id, scenario.id, manager.major),
    offences: offencesOf({ worst, plain, empties }, bad, control),
  };
}

/** As expected, and nothing else wrong with it. */
export function isGood({ text, expected, offences }: Result): boolean {
  return (expected === null || text === expected) && offences.length === 0;
}
