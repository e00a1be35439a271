import { describeCell, type Observation } from '../matrix/levels.js';
import { expectedOf, isAsExpected } from './expected.js';
import { offencesOf } from './rules.js';
import { runCell } from './run-cell.js';
import type { Place } from './select.js';

export type Result = Place & {
  readonly bad: Observation;
  readonly control: Observation;
  /** What the table says. */
  readonly text: string;
  /** `null`: nothing is expected. */
  readonly expected: string | null;
  readonly offences: readonly string[];
};

/** Runs these cells, `jobs` at a time, each with the bad package and with its control. */
export async function runMatrix(
  places: readonly Place[],
  jobs: number,
  onResult: (result: Result) => void,
): Promise<readonly Result[]> {
  const results = new Map<Place, Result>();
  const left = [...places];
  const work = async (): Promise<void> => {
    for (let place = left.shift(); place !== undefined; place = left.shift()) {
      const result = await runPlace(place);
      results.set(place, result);
      onResult(result);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return places.flatMap((place) => results.get(place) ?? []);
}

async function runPlace(place: Place): Promise<Result> {
  const bad = await runCell(place, 'bad');
  const control = await runCell(place, 'healthy');
  const { version } = place.manager;
  const { guard, scenario } = place;
  const where = { scenario: scenario.id, version };
  return {
    ...place,
    bad,
    control,
    text: describeCell(bad, control),
    expected: expectedOf(guard.id, scenario.id, version),
    offences: offencesOf(guard.id, where, bad, control, expectedOf('plain', scenario.id, version)),
  };
}

/** As expected, and nothing else wrong with it. */
export function isGood({ text, expected, offences }: Result): boolean {
  return (expected === null || isAsExpected(text, expected)) && offences.length === 0;
}
