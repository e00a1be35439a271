import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parsePackageName, scopeOf } from '../../src/model/package-name.js';
import { findImitations } from '../../src/names/find-imitations.js';
import type { NameFinding } from '../../src/names/finding.js';
import type { NameData } from '../../src/names/name-data.js';
import { npmTopDownloads, readHallucinated } from '../names/sets.js';
import { generateTypos } from '../names/typos.js';
import { type NeutralNames, neutralNames, pluginNames, scopedNames } from './neutral-names.js';
import { randomFor } from './random.js';

const NEUTRAL = 400;
/** Popular names that typos are made of. */
const IMITATED = 200;

/** The names that scenarios are made of; each set is made once, when it is first wanted. */
export type NameSets = {
  /** All invented names; `null` when hallucinated.tsv isn't on this machine. */
  readonly invented: () => readonly string[] | null;
  /** Those that a stranger could register: not in a scope that has an owner. */
  readonly registrable: () => readonly string[] | null;
  /** Those that no technique explains. */
  readonly unexplained: () => readonly string[] | null;
  readonly neutral: () => NeutralNames;
  /** Neutral names in scopes that nobody knows. */
  readonly scoped: () => readonly string[];
  /** Names of plugins and tools for made-up brands. */
  readonly plugins: () => readonly string[];
  /** Typos of popular names that nobody uses and npm would register. */
  readonly typos: () => readonly string[];
  readonly top: () => readonly string[];
  /** Those of the top list that the download counts lack. */
  readonly uncounted: () => readonly string[];
  /** Offline findings about a name, most convincing first. */
  readonly findingsOf: (name: string) => readonly NameFinding[];
};

export function createNameSets(data: NameData): NameSets {
  const findingsOf = memoized((name: string) => findImitations(name, data));
  const invented = once(() => readHallucinated()?.filter((name) => parsePackageName(name) !== null) ?? null);
  const neutral = once(() => neutralNames(NEUTRAL, data, randomFor('neutral')));
  return {
    invented,
    registrable: once(() => invented()?.filter((name) => !isOwned(name, data)) ?? null),
    unexplained: once(() => invented()?.filter((name) => findingsOf(name).length === 0) ?? null),
    neutral,
    scoped: once(() => scopedNames(neutral().names, data, randomFor('scoped'))),
    plugins: once(() => pluginNames(NEUTRAL, data, randomFor('plugins'))),
    typos: once(() => popularTypos(data)),
    top: () => npmTopDownloads,
    uncounted: once(() => withoutCounts(npmTopDownloads)),
    findingsOf,
  };
}

/** Is it in a scope whose owner has an established package? */
function isOwned(raw: string, data: NameData): boolean {
  const name = parsePackageName(raw);
  const scope = name === null ? null : scopeOf(name);
  return scope !== null && data.isEstablishedScope(scope);
}

function popularTypos(data: NameData): string[] {
  const typos = generateTypos(npmTopDownloads.slice(0, IMITATED), randomFor('typos')).map(({ typo }) => typo);
  return [...new Set(typos)].filter(
    (typo) =>
      parsePackageName(typo) !== null &&
      typo === typo.toLowerCase() &&
      data.popularityOf(typo) === null &&
      !data.existedAtSnapshot(typo) &&
      !isOwned(typo, data),
  );
}

function withoutCounts(names: readonly string[]): string[] {
  const path = createRequire(import.meta.url).resolve('download-counts');
  const counts: Record<string, number> = JSON.parse(readFileSync(path, 'utf8'));
  return names.filter((name) => !Object.hasOwn(counts, name));
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function memoized<T>(make: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const value = known.get(key) ?? make(key);
    known.set(key, value);
    return value;
  };
}
