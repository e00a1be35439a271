import { describe, expect, it } from 'vitest';
import { packagesAbout } from '../../../src/names/topics.js';
import { createWordTable, placeOf } from '../../../src/names/word-table.js';
import { wordKind } from '../../../src/names/words.js';

const TEXT = '\n  alpha beta\n  beta alphabet al\n  ';

describe('a table of words', () => {
  it('finds each of its words, whole words only', () => {
    const table = createWordTable(TEXT, /\S+/g);
    const words = ['alpha', 'beta', 'alphabet', 'al'];
    expect(words.map((word) => placeOf(table, word))).toEqual([3, 9, 21, 30]);
    for (const other of ['a', 'alph', 'alphabeta', 'bet', 'et', '', ' ', 'alpha beta', '\n  alpha'])
      expect(placeOf(table, other)).toBe(-1);
  });

  it('holds only what the pattern says', () => {
    const table = createWordTable(TEXT, /(?<=\n {2})\S+/g);
    expect(['alpha', 'beta', 'al'].map((word) => placeOf(table, word))).toEqual([3, 16, -1]);
  });

  it('may be empty', () => {
    expect(placeOf(createWordTable('', /\S+/g), 'a')).toBe(-1);
  });

  it('never has a full table', () => {
    const words = Array.from({ length: 4096 }, (_, i) => `w${i}`);
    const table = createWordTable(words.join(' '), /\S+/g);
    expect(table.slots.filter((place) => place === 0).length).toBeGreaterThanOrEqual(4096);
    for (const word of words) expect(table.text.startsWith(word, placeOf(table, word))).toBe(true);
    expect(placeOf(table, 'w4096')).toBe(-1);
  });
});

describe('the lists of words', () => {
  it('say the kind of a word; what is in both is of AI', () => {
    expect(['agent', 'helper', 'langchain', 'lodash', 'v7', '2024', 'x'].map(wordKind)).toEqual([
      'ai',
      'generic',
      'ai',
      null,
      'generic',
      'generic',
      'generic',
    ]);
  });

  it('say the packages of a topic', () => {
    expect(packagesAbout('jwt')).toEqual(['jsonwebtoken', 'jose']);
    expect(packagesAbout('zmq')).toEqual(['zeromq']);
    expect(['jsonwebtoken', '', 'jw', 'jwt jsonwebtoken', '__proto__'].map(packagesAbout)).toEqual([
      [],
      [],
      [],
      [],
      [],
    ]);
  });
});
