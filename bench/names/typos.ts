import type { TechniqueId } from '../../src/names/finding.js';

export interface Typo {
  readonly technique: TechniqueId;
  readonly original: string;
  readonly typo: string;
}

type Generator = (original: string, random: () => number) => string | null;

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const NEAR: Readonly<Record<string, string>> = {
  a: 'qsz',
  b: 'vgn',
  c: 'xdv',
  d: 'sfe',
  e: 'wrd',
  f: 'dgr',
  g: 'fht',
  h: 'gjy',
  i: 'uok',
  j: 'hku',
  k: 'jli',
  l: 'kop',
  m: 'nk',
  n: 'bmh',
  o: 'ipl',
  p: 'ol',
  q: 'wa',
  r: 'etf',
  s: 'adw',
  t: 'ryg',
  u: 'yij',
  v: 'cbf',
  w: 'qes',
  x: 'zcd',
  y: 'tuh',
  z: 'xas',
};
const ALIKE: readonly (readonly [string, string])[] = [
  ['o', '0'],
  ['l', '1'],
  ['i', '1'],
  ['e', '3'],
  ['a', '4'],
  ['s', '5'],
  ['m', 'rn'],
  ['rn', 'm'],
  ['w', 'vv'],
];
const CYRILLIC: Readonly<Record<string, string>> = {
  a: 'а',
  e: 'е',
  o: 'о',
  p: 'р',
  c: 'с',
  x: 'х',
  y: 'у',
  i: 'і',
  s: 'ѕ',
  j: 'ј',
};

/**
 * Typos of the kinds that attackers and hurried people make; the place is drawn, in the scope of a scoped
 * name.
 */
const GENERATORS: readonly (readonly [TechniqueId, Generator])[] = [
  ['omitted-character', editing((text, at) => text.slice(0, at) + text.slice(at + 1))],
  [
    'added-character',
    editing((text, at, random) => text.slice(0, at) + pick(LETTERS, random) + text.slice(at)),
  ],
  ['doubled-character', editing((text, at) => text.slice(0, at) + text.charAt(at) + text.slice(at))],
  [
    'swapped-characters',
    editing((text, at) =>
      at + 1 < text.length
        ? text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2)
        : null,
    ),
  ],
  [
    'neighbouring-key',
    editing((text, at, random) => replaceAt(text, at, pick(NEAR[text.charAt(at)] ?? '', random))),
  ],
  ['bit-flip', editing((text, at, random) => replaceAt(text, at, flip(text.charCodeAt(at), random)))],
  ['replaced-character', editing((text, at, random) => replaceAt(text, at, pick(LETTERS, random)))],
  ['look-alike', lookAlikes],
  ['look-alike', (name, random) => unicode(name, random)],
  ['separators', (name, random) => dropSeparator(name, random)],
  [
    'separators',
    (name) =>
      /[-_.]/.test(baseOf(name)) && !name.startsWith('@')
        ? name.replace(/[-_.]/g, (s) => (s === '-' ? '_' : '-'))
        : null,
  ],
  [
    'separators',
    editing((text, at) =>
      at > 0 && !/[-_.]/.test(text.slice(at - 1, at + 1)) ? `${text.slice(0, at)}-${text.slice(at)}` : null,
    ),
  ],
  ['word-order', (name) => swapWords(name)],
  ['plural', (name) => (name.startsWith('@') ? null : name.endsWith('s') ? name.slice(0, -1) : `${name}s`)],
  [
    'affix',
    (name, random) =>
      name.startsWith('@')
        ? null
        : pick([`${name}-js`, `node-${name}`, `${name}.js`, `${name}2`, `${name}js`, `${name}-node`], random),
  ],
  ['scope-dropped', (name) => (name.startsWith('@') ? name.slice(1).replace('/', '-') : null)],
  ['scope-added', (name) => (name.startsWith('@') ? null : `@${name}-team/${name}`)],
  [
    'scope-imitated',
    (name, random) =>
      name.startsWith('@') ? name.replace('/', pick(['-js/', 's/', '-org/', 'js/'], random)) : null,
  ],
  [
    'combination',
    (name, random) =>
      name.startsWith('@')
        ? null
        : `${name}-${pick(['utils', 'helper', 'gpt', 'ai-helper', 'auth-utils', 'client'], random)}`,
  ],
  ['case-variant', (name) => (name.startsWith('@') ? null : name.charAt(0).toUpperCase() + name.slice(1))],
];

/** One typo per generator and name, unlike the name itself. */
export function generateTypos(names: readonly string[], random: () => number): Typo[] {
  return names.flatMap((original) =>
    GENERATORS.flatMap(([technique, generate]) => {
      const typo = generate(original, random);
      return typo === null || typo === original ? [] : [{ technique, original, typo }];
    }),
  );
}

function editing(edit: (text: string, at: number, random: () => number) => string | null): Generator {
  return (name, random) => {
    const from = name.startsWith('@') ? 1 : 0;
    const to = name.startsWith('@') ? name.indexOf('/') : name.length;
    const edited = edit(name.slice(from, to), Math.floor(random() * (to - from)), random);
    if (edited === null || edited === '' || /^[-_.]|[-_.]$/.test(edited)) return null;
    return name.slice(0, from) + edited + name.slice(to);
  };
}

function pick<T>(choices: readonly T[] | string, random: () => number): T | string {
  return choices[Math.floor(random() * choices.length)] ?? '';
}

function replaceAt(text: string, at: number, by: string): string | null {
  return by === '' || /[-_.]/.test(text.charAt(at)) ? null : text.slice(0, at) + by + text.slice(at + 1);
}

function flip(character: number, random: () => number): string {
  const flipped = String.fromCharCode(character ^ (1 << Math.floor(random() * 5)));
  return /[a-z0-9]/.test(flipped) ? flipped : '';
}

function lookAlikes(name: string, random: () => number): string | null {
  const base = baseOf(name);
  const possible = ALIKE.filter(([read]) => base.includes(read));
  if (name.startsWith('@') || possible.length === 0) return null;
  const [read, written] = pick(possible, random) as readonly [string, string];
  return name.replace(read, written);
}

function unicode(name: string, random: () => number): string | null {
  const letters = [...name]
    .map((letter, at) => ({ letter, at }))
    .filter(({ letter }) => CYRILLIC[letter] !== undefined);
  if (letters.length === 0) return null;
  const { letter, at } = pick(letters, random) as { letter: string; at: number };
  return replaceAt(name, at, CYRILLIC[letter] ?? '');
}

function dropSeparator(name: string, random: () => number): string | null {
  const places = [...name]
    .map((c, at) => (/[-_.]/.test(c) ? at : -1))
    .filter((at) => at > 0 && !name.startsWith('@'));
  if (places.length === 0) return null;
  const at = pick(places, random) as number;
  return name.slice(0, at) + name.slice(at + 1);
}

function swapWords(name: string): string | null {
  const words = name.split('-');
  if (name.startsWith('@') || words.length < 2) return null;
  return [words.at(-1), ...words.slice(1, -1), words[0]].join('-');
}

function baseOf(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}
