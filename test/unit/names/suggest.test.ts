import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findImitations } from '../../../src/names/find-imitations.js';
import type { Suggestion } from '../../../src/names/finding.js';
import { loadNameData } from '../../../src/names/load-name-data.js';
import { suggest } from '../../../src/names/suggest.js';
import { allTopics } from '../../../src/names/topics.js';

const data = loadNameData();
const suggestionsFor = (name: string): Suggestion[] => suggest(name, findImitations(name, data), data);
const namesFor = (name: string): string[] => suggestionsFor(name).map((suggestion) => suggestion.name);

describe('suggestions', () => {
  it('begin with the name that was meant', () => {
    expect(namesFor('loadsh')[0]).toBe('lodash');
    expect(namesFor('types-node')[0]).toBe('@types/node');
    expect(namesFor('@anthropic/sdk')[0]).toBe('@anthropic-ai/sdk');
    expect(namesFor('@babel/coer')[0]).toBe('@babel/core');
  });

  it('say why, in our own words', () => {
    expect(suggestionsFor('loadsh')[0]).toMatchObject({
      kind: 'package',
      technique: 'swapped-characters',
      why: expect.stringMatching(/swapped/),
    });
  });

  it('send to the module that ships with Node.js', () => {
    expect(suggestionsFor('child-process')[0]).toMatchObject({
      name: 'node:child_process',
      kind: 'builtin',
      popularity: null,
    });
  });

  it('name the usual package when the words tell what is wanted', () => {
    expect(namesFor('zorbl-jwt')).toContain('jsonwebtoken');
    expect(namesFor('boto3-phantom')).toContain('@aws-sdk/client-s3');
    expect(namesFor('sqlalchemy')[0]).toBe('sequelize');
    expect(suggestionsFor('sqlalchemy')[0]?.technique).toBe('topic');
  });

  it('never offer another squatter of the same name', () => {
    expect(namesFor('Lodash')).toEqual(['lodash']);
  });

  it('are none for an established name that imitates nothing, and for gibberish', () => {
    expect(namesFor('lodash')).toEqual([]);
    expect(namesFor('xqzvjwk')).toEqual([]);
    expect(namesFor('@/')).toEqual([]);
  });

  it('are at most three established names or builtins, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 60 }),
          fc.stringMatching(/^(react|cron|jwt|fs|lodash)[-.a-z]{0,12}$/),
        ),
        (text) => {
          const suggestions = suggestionsFor(text);
          expect(suggestions.length).toBeLessThanOrEqual(3);
          expect(new Set(suggestions.map(({ name }) => name)).size).toBe(suggestions.length);
          for (const { name, kind, popularity } of suggestions) {
            expect(name).not.toBe(text);
            if (kind === 'package') expect(data.popularityOf(name)).toBe(popularity);
          }
        },
      ),
    );
  });
});

describe('the table of topics', () => {
  it('names established packages only', () => {
    const unknown = [...allTopics().values()].flat().filter((name) => (data.popularityOf(name) ?? 0) < 13);
    expect(unknown).toEqual([]);
  });
});
