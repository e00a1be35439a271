import { findImitations } from '../../src/names/find-imitations.js';
import type { NameData } from '../../src/names/name-data.js';
import { choose, type Random } from './random.js';
import { endOf, pieceOf } from './syllables.js';

const ADJECTIVES =
  'amber brisk calm crimson distant early gentle hollow idle keen lucid mellow noble opal quiet rapid silver tidal vivid woven'.split(
    ' ',
  );
const NOUNS =
  'anchor badger canyon delta ember falcon glacier harbor island juniper kettle lantern meadow nectar orchard pebble quarry river summit thicket'.split(
    ' ',
  );
const KINDS =
  'client icons theme schema adapter viewer store bridge catalog billing reports search forms sdk sync'.split(
    ' ',
  );

/** Names that nobody used at the snapshot, and what became of the drafts. */
export type NeutralNames = {
  readonly names: readonly string[];
  /** Drafts that a technique explains; they are no neutral names. */
  readonly explained: number;
  /** Drafts that the snapshot filter knows, rightly or wrongly. */
  readonly known: number;
};

/**
 * Names as honest authors give them to new packages: a made-up brand, a brand with what it is for, two words. Those
 * that exist and those that resemble something are left out, and counted.
 */
export function neutralNames(count: number, data: NameData, random: Random): NeutralNames {
  const names = new Set<string>();
  let explained = 0;
  let known = 0;
  while (names.size < count) {
    const draft = draftName(random);
    if (data.existedAtSnapshot(draft) || data.popularityOf(draft) !== null) known++;
    else if (findImitations(draft, data).length > 0) explained++;
    else names.add(draft);
  }
  return { names: [...names], explained, known };
}

/** A made-up word of two or three syllables. */
export function brand(random: Random): string {
  const syllables = random() < 0.6 ? 2 : 3;
  const draw = () => Math.floor(random() * 1e6);
  return Array.from({ length: syllables }, () => pieceOf(draw())).join('') + endOf(draw());
}

/** Names as authors of plugins and tools give them; a technique may explain them. */
export function pluginNames(count: number, data: NameData, random: Random): readonly string[] {
  const names = new Set<string>();
  while (names.size < count) {
    const draft = choose(PLUGINS, random).replace('*', brand(random));
    if (!data.existedAtSnapshot(draft) && data.popularityOf(draft) === null) names.add(draft);
  }
  return [...names];
}

const PLUGINS = [
  'react-*',
  '*-react',
  'vite-plugin-*',
  'eslint-plugin-*',
  'eslint-config-*',
  'express-*',
  '*-cli',
  '*-sdk',
  '*-js',
  'node-*',
  'vue-*',
  'n8n-nodes-*',
  '*-mcp',
  '*-utils',
  'babel-plugin-*',
];

function draftName(random: Random): string {
  const kind = random();
  if (kind < 0.35) return brand(random);
  if (kind < 0.7) return `${brand(random)}-${choose(KINDS, random)}`;
  if (kind < 0.85) return `${choose(ADJECTIVES, random)}-${choose(NOUNS, random)}-${choose(KINDS, random)}`;
  return `${choose(ADJECTIVES, random)}-${choose(NOUNS, random)}`;
}

/** The same names below scopes that nobody has. */
export function scopedNames(names: readonly string[], data: NameData, random: Random): readonly string[] {
  return names.map((name) => {
    let scope = `@${brand(random)}`;
    while (data.isEstablishedScope(scope)) scope = `@${brand(random)}`;
    return `${scope}/${name.split('-').at(-1) ?? name}`;
  });
}
