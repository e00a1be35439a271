import { DEFAULT_TTL } from '../../src/cache/freshness.js';
import { randomFrom } from '../names/sets.js';

/** Who checks what, in one day of an organisation. */
export type Fleet = {
  readonly developers: number;
  /** Checks of one developer in a day; his cache stays. */
  readonly checksEach: number;
  /** Runs of CI in a day, each with an empty cache. */
  readonly ciRuns: number;
  /** For each project the names that the bundled data doesn't know. */
  readonly projects: readonly (readonly string[])[];
  /** Names that nobody owns, and in which part of all runs one is asked for. */
  readonly invented: readonly string[];
  readonly inventedShare: number;
  /** Hours of the day in which the store is down; `null` = none. */
  readonly storeOutage: readonly [number, number] | null;
};

/** Counts of one day. A question is one name of one run that the bundled data can't answer. */
export type Day = {
  readonly runs: number;
  readonly questions: number;
  readonly local: number;
  readonly fromStore: number;
  readonly registry: number;
  /** Commands that a store of facts gets, one kind of fact: reads of a whole run, claims, writes. */
  readonly storeCommands: number;
  /** Entries in the store at the end of the day, and most within one second. */
  readonly entries: number;
  readonly peakRegistryPerSecond: number;
};

const DAY_MS = 24 * 60 * 60_000;
const HOUR_MS = 60 * 60_000;
/** Marks a name that nobody owns. */
const INVENTED = 'invented ';

/**
 * Plays one working day, in the order of its runs. Projects are chosen by Zipf's law (exponent 1), runs of CI spread over the day,
 * developers' over ten hours. What is there at the start: nothing.
 *
 * @param isShared whether there is a store behind the local caches
 */
export function simulateDay(fleet: Fleet, isShared: boolean, seed = 1): Day {
  const random = randomFrom(seed);
  const pick = zipf(fleet.projects.length, random);
  const runs = runsOf(fleet, random);
  const locals = new Map<number, Facts>();
  const world: World = { store: new Map(), perSecond: new Map(), counts: noCounts() };
  for (const { atMs, developer } of runs) {
    const names = [
      ...(fleet.projects[projectOf(developer, fleet, pick)] ?? []),
      ...inventedOf(fleet, random),
    ];
    const local = developer === null ? new Map<string, number>() : localOf(locals, developer);
    play(world, names, local, isShared && !isDuring(fleet.storeOutage, atMs), atMs);
  }
  const peak = [...world.perSecond.values()].reduce((most, one) => Math.max(most, one), 0);
  return { runs: runs.length, ...world.counts, entries: world.store.size, peakRegistryPerSecond: peak };
}

/** Names with the time at which they were asked about. */
type Facts = Map<string, number>;
type World = {
  readonly store: Facts;
  readonly perSecond: Map<number, number>;
  readonly counts: ReturnType<typeof noCounts>;
};

function noCounts() {
  return { questions: 0, local: 0, fromStore: 0, registry: 0, storeCommands: 0 };
}

/** One run. */
function play(
  { store, perSecond, counts }: World,
  names: readonly string[],
  local: Facts,
  isUp: boolean,
  atMs: number,
): void {
  const open = names.filter((name) => !isFresh(local, name, atMs));
  const missing = isUp ? open.filter((name) => !isFresh(store, name, atMs)) : open;
  counts.questions += names.length;
  counts.local += names.length - open.length;
  counts.fromStore += open.length - missing.length;
  counts.registry += missing.length;
  if (isUp) counts.storeCommands += commandsFor(open.length, missing.length);
  const second = Math.floor(atMs / 1000);
  perSecond.set(second, (perSecond.get(second) ?? 0) + missing.length);
  for (const name of missing) if (isUp) store.set(name, atMs);
  for (const name of open) local.set(name, isUp ? (store.get(name) ?? atMs) : atMs);
}

/** An MGET for what is open; for what is missing a claim each, a second look in one, a write each and the end of the claims. */
function commandsFor(open: number, missing: number): number {
  return (open > 0 ? 1 : 0) + (missing > 0 ? 2 + 2 * missing : 0);
}

function inventedOf({ invented, inventedShare }: Fleet, random: () => number): readonly string[] {
  if (random() >= inventedShare) return [];
  const name = invented[Math.floor(random() * invented.length)];
  return name === undefined ? [] : [`${INVENTED}${name}`];
}

type Run = { readonly atMs: number; readonly developer: number | null };

function runsOf({ developers, checksEach, ciRuns }: Fleet, random: () => number): readonly Run[] {
  const ci = Array.from({ length: ciRuns }, () => ({ atMs: random() * DAY_MS, developer: null }));
  const people = Array.from({ length: developers * checksEach }, (_, index) => ({
    atMs: 8 * HOUR_MS + random() * 10 * HOUR_MS,
    developer: index % developers,
  }));
  return [...ci, ...people].sort((a, b) => a.atMs - b.atMs);
}

/** A developer has one project, CI takes any. */
function projectOf(developer: number | null, { projects }: Fleet, pick: () => number): number {
  return developer === null ? pick() : (developer * 7919) % projects.length;
}

function localOf(locals: Map<number, Facts>, developer: number): Facts {
  const local: Facts = locals.get(developer) ?? new Map();
  locals.set(developer, local);
  return local;
}

function isFresh(facts: Facts, name: string, atMs: number): boolean {
  const fetchedAtMs = facts.get(name);
  if (fetchedAtMs === undefined) return false;
  return atMs - fetchedAtMs < (name.startsWith(INVENTED) ? DEFAULT_TTL.absentMs : DEFAULT_TTL.foundMs);
}

function isDuring(hours: readonly [number, number] | null, atMs: number): boolean {
  return hours !== null && atMs >= hours[0] * HOUR_MS && atMs < hours[1] * HOUR_MS;
}

/** Draws indices so that the i-th is drawn as often as 1/i. */
function zipf(count: number, random: () => number): () => number {
  const sums: number[] = [];
  let sum = 0;
  for (let rank = 1; rank <= count; rank += 1) {
    sum += 1 / rank;
    sums.push(sum);
  }
  return () => {
    const wanted = random() * sum;
    let [low, high] = [0, count - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] as number) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
