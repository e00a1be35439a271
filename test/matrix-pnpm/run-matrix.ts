import { describeCell } from '../matrix/levels.js';
import type { Outcome } from '../matrix/run-matrix.js';
import { expectedOf, isAsExpected } from './expected.js';
import { offencesOf } from './rules.js';
import { runCell } from './run-cell.js';
import type { Place } from './select.js';

export type Result = Place & Outcome;

/** One cell, with the bad package and with its control. */
export async function runPlace(place: Place): Promise<Result> {
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
