import type { Manager } from '../support/managers.js';
import { appliesTo, type Guard } from './guards.js';
import type { Scenario } from './world.js';

/** One cell of the table. */
export type Place = { readonly guard: Guard; readonly manager: Manager; readonly scenario: Scenario };

type Axes = {
  readonly guards: readonly Guard[];
  readonly managers: readonly Manager[];
  readonly scenarios: readonly Scenario[];
};

export function allPlaces({ guards, managers, scenarios }: Axes): Place[] {
  return guards.flatMap((guard) =>
    scenarios
      .filter((scenario) => appliesTo(guard.id, scenario))
      .flatMap((scenario) => managers.map((manager) => ({ guard, manager, scenario }))),
  );
}

/** One cell of every row, the same ones each time, that together touch every guard and every version. */
export function samplePlaces({ guards, managers, scenarios }: Axes): Place[] {
  return scenarios.flatMap((scenario, row) => {
    const columns = guards.filter(({ id }) => appliesTo(id, scenario));
    const guard = columns[row % columns.length];
    const manager = managers[Math.floor(row / guards.length) % managers.length];
    return guard === undefined || manager === undefined ? [] : [{ guard, manager, scenario }];
  });
}
