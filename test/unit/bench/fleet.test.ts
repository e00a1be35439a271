import { describe, expect, it } from 'vitest';
import { type Fleet, simulateDay } from '../../../bench/fleet/simulate-day.js';

const FLEET: Fleet = {
  developers: 20,
  checksEach: 3,
  ciRuns: 200,
  projects: [['a', 'b'], ['b', 'c', 'd'], []],
  invented: [],
  inventedShare: 0,
  storeOutage: null,
};

describe('a simulated day', () => {
  it.each([true, false])('answers every question exactly once (with a store: %s)', (isShared) => {
    const day = simulateDay({ ...FLEET, invented: ['x', 'y'], inventedShare: 0.2 }, isShared);
    expect(day.runs).toBe(260);
    expect(day.local + day.fromStore + day.registry).toBe(day.questions);
    expect(day.questions).toBeGreaterThan(0);
  });

  it('asks for each name once with a store, and in every run of CI without one', () => {
    const day = simulateDay(FLEET, true);
    expect(day.registry).toBe(4);
    expect(day.entries).toBe(4);
    const without = simulateDay({ ...FLEET, developers: 0 }, false);
    expect(without.registry).toBe(without.questions);
  });

  it('costs in an outage of the whole day what no store costs', () => {
    const down = simulateDay({ ...FLEET, storeOutage: [0, 24] }, true);
    expect(down.registry).toBe(simulateDay(FLEET, false).registry);
    expect(down.storeCommands).toBe(0);
  });

  it('is the same for the same seed', () => {
    expect(simulateDay(FLEET, true, 7)).toEqual(simulateDay(FLEET, true, 7));
  });
});
