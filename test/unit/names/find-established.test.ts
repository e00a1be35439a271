import { describe, expect, it } from 'vitest';
import { findEstablished } from '../../../src/names/find-established.js';
import { loadNameData } from '../../../src/names/load-name-data.js';
import { NO_NAME_DATA } from '../../../src/names/no-name-data.js';
import { allPurposes } from '../../../src/names/purposes.js';
import { allTopics } from '../../../src/names/topics.js';

const DATA = loadNameData();

function namesFor(purpose: string): readonly string[] {
  return findEstablished({ name: null, purpose }, DATA).established.map(({ name }) => name);
}

describe('the table of purposes', () => {
  it('names established packages only', () => {
    const unknown = [...allPurposes()].flatMap(([phrase, packages]) =>
      packages.filter((name) => DATA.popularityOf(name) === null).map((name) => `${phrase}: ${name}`),
    );
    expect(unknown).toEqual([]);
  });

  it('says nothing that the topics of names say too', () => {
    const both = [...allPurposes().keys()].filter((phrase) => allTopics().has(phrase));
    expect(both).toEqual([]);
  });

  it('is found by each of its phrases', () => {
    const lost = [...allPurposes()].filter(
      ([phrase, packages]) => !packages.every((name) => namesFor(phrase.replaceAll('-', ' ')).includes(name)),
    );
    expect(lost).toEqual([]);
  });
});

describe('a purpose', () => {
  it.each([
    ['Parse command line arguments!', 'commander'],
    ['I need a library for parsing CSV files', 'csv-parse'],
    ['hash a password', 'bcryptjs'],
    ['parse query strings', 'query-string'],
    ['generate unique ids', 'uuid'],
    ['color terminal output', 'chalk'],
  ])('finds the usual package: %s', (purpose, name) => {
    expect(namesFor(purpose)[0]).toBe(name);
  });

  it.each(['map over an array', 'a quantum flux capacitor', '   ', '??', 'the of and', 'z'.repeat(500)])(
    'finds nothing where nothing is known: %s',
    (purpose) => {
      expect(namesFor(purpose)).toEqual([]);
    },
  );

  it('gives five packages at the most, each once', () => {
    const found = namesFor('http server web framework redis postgres mongodb queue csv excel pdf');
    expect(found).toHaveLength(5);
    expect(new Set(found).size).toBe(5);
  });
});

describe('a name', () => {
  it('that is established is the answer, unless a better known one is meant', () => {
    const { nameIsEstablished, established } = findEstablished({ name: 'lodash', purpose: null }, DATA);
    expect({ nameIsEstablished, names: established.map(({ name }) => name) }).toEqual({
      nameIsEstablished: true,
      names: ['lodash'],
    });
    const core = findEstablished({ name: 'node:fs', purpose: null }, DATA);
    expect(core.established[0]).toMatchObject({ name: 'node:fs', kind: 'builtin', monthlyDownloads: null });
  });

  it('goes before the purpose, and no package is given twice', () => {
    const { established } = findEstablished({ name: 'lodahs', purpose: 'lodash and yargs' }, DATA);
    expect(established.filter(({ name }) => name === 'lodash')).toHaveLength(1);
    expect(established[0]?.name).toBe('lodash');
  });

  it.each(['not a name', '@/x', '', '\u0000', '🦀', 'z'.repeat(2_000)])(
    'that is none leads to nothing: %j',
    (name) => {
      expect(findEstablished({ name, purpose: null }, DATA).established).toEqual([]);
    },
  );
});

it('Without the bundled names nothing but modules of Node.js is known', () => {
  const purpose = 'parse command line arguments';
  expect(findEstablished({ name: 'lodash', purpose }, NO_NAME_DATA).established).toEqual([]);
});
