import type { NameData } from './name-data.js';
import { packagesFor } from './purposes.js';
import { packagesAbout } from './topics.js';

/** An established package, and the words of the purpose that lead to it. */
export type ForPurpose = {
  readonly name: string;
  readonly phrase: string;
  /** It is called like the phrase; else it is known for it. */
  readonly isCalledSo: boolean;
  readonly popularity: number;
};

const MOST = 5;
/** Words of a purpose that are looked at, and words in a phrase. */
const MOST_WORDS = 40;
const LONGEST_PHRASE = 4;
/** Log₂ of the monthly downloads from which a package that is called like the phrase is worth naming. */
const WELL_KNOWN = 17;

/** Words that say nothing about which package is meant. */
const FILL =
  /^(?:an?|the|and|or|of|for|from|to|into|in|on|at|with|without|by|that|which|some|any|my|our|your|me|i|we|it|is|be|can|need|want|use|using|used|like|something|package|packages|library|libraries|module|modules|npm|node|nodejs|javascript|js|typescript|ts|good|best|popular|simple|easy|fast|please|find|get)$/;

/** Topics of package names that mean something else in a sentence. */
const MISLEADING = new Set([
  'map',
  'word',
  'table',
  'diff',
  'clone',
  'torch',
  'pillow',
  'requests',
  'celery',
]);

/** Established packages that people usually take for this purpose, likeliest first; empty where none is known. Pure. */
export function findForPurpose(purpose: string, data: NameData): readonly ForPurpose[] {
  const all = wordsOf(purpose);
  const words = all.filter((word) => !FILL.test(word));
  const found = new Map<string, ForPurpose>();
  const add = (phrase: string, isCalledSo: boolean, names: readonly string[]) => {
    for (const name of names) {
      const popularity = data.popularityOf(name);
      if (popularity !== null && !found.has(name)) found.set(name, { name, phrase, isCalledSo, popularity });
    }
  };
  for (const phrase of phrasesOf(all))
    if (phrase.includes('-')) add(phrase, false, bothForms(phrase).flatMap(packagesFor));
  for (const phrase of phrasesOf(words)) {
    add(phrase, false, knownFor(phrase));
    if (phrase.includes('-') || words.length === 1) add(phrase, true, calledLike(phrase, data));
  }
  return [...found.values()].slice(0, MOST);
}

function wordsOf(purpose: string): readonly string[] {
  return purpose
    .toLowerCase()
    .split(/[^a-z0-9.+#]+/)
    .map((word) => word.replace(/^\.+|\.+$/g, ''))
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS);
}

/** Runs of neighbouring words, the longest first: they say most. */
function phrasesOf(words: readonly string[]): readonly string[] {
  const lengths = Array.from({ length: LONGEST_PHRASE }, (_, index) => LONGEST_PHRASE - index);
  return lengths.flatMap((length) =>
    words
      .slice(0, Math.max(0, words.length - length + 1))
      .map((_, start) => words.slice(start, start + length).join('-')),
  );
}

function knownFor(phrase: string): readonly string[] {
  const forms = bothForms(phrase);
  const topical = forms.some((form) => MISLEADING.has(form)) ? [] : forms.flatMap(packagesAbout);
  return [...forms.flatMap(packagesFor), ...topical];
}

function calledLike(phrase: string, data: NameData): readonly string[] {
  return bothForms(phrase).filter((name) => (data.popularityOf(name) ?? 0) >= WELL_KNOWN);
}

/** As it was said, and with every word in the singular. */
function bothForms(phrase: string): readonly string[] {
  return [phrase, phrase.split('-').map(singularOf).join('-')];
}

function singularOf(word: string): string {
  if (/(?:ss|us|is)$/.test(word) || (word.length < 4 && word !== 'ids')) return word;
  return word.replace(/ies$/, 'y').replace(/s$/, '');
}
