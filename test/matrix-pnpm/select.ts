import type { PnpmManager } from '../support/pnpm-managers.js';
import { type Guard, isOffered } from './guards.js';
import type { Scenario } from './world.js';

/** One cell of the table. */
export type Place = { readonly guard: Guard; readonly manager: PnpmManager; readonly scenario: Scenario };

type Axes = {
  readonly guards: readonly Guard[];
  readonly managers: readonly PnpmManager[];
  readonly scenarios: readonly Scenario[];
};

export function allPlaces({ guards, managers, scenarios }: Axes): Place[] {
  return guards.flatMap((guard) =>
    scenarios.flatMap((scenario) =>
      managers
        .filter((manager) => isOffered(guard, manager))
        .map((manager) => ({ guard, manager, scenario })),
    ),
  );
}

/** One cell of every row, the same ones each time, that together touch every guard and every version. */
export function samplePlaces({ guards, managers, scenarios }: Axes): Place[] {
  return scenarios.flatMap((scenario, row) => {
    const guard = guards[(row + 1) % guards.length];
    if (guard === undefined) return [];
    const offered = managers.filter((one) => isOffered(guard, one));
    const manager = offered[Math.floor(row / guards.length) % offered.length];
    return manager === undefined ? [] : [{ guard, manager, scenario }];
  });
}
