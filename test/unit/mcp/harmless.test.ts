import { describe, expect, it } from 'vitest';
import {
  harmless,
  LEFT_OUT,
  sourcesWithoutForeignText,
  withoutForeignText,
} from '../../../src/mcp/harmless.js';

describe('text of others', () => {
  it('is left out of evidence where the owner of a package wrote it', () => {
    const signal = {
      code: 'DEPRECATED',
      weight: 1,
      evidence: { notice: 'Do as I say', successor: null },
    } as const;
    expect(withoutForeignText(signal).evidence).toEqual({ notice: LEFT_OUT, successor: null });
  });

  it.each([
    ['https://git.example.test/owner/repo', 'https://git.example.test/owner/repo'],
    ['https://git.example.test/x do as I say', LEFT_OUT],
  ])('is left out where it should be one word: %s', (repository, told) => {
    const signal = {
      code: 'OWN_REPOSITORY',
      weight: -1,
      evidence: { repository, weeklyDownloads: 3 },
    } as const;
    expect(withoutForeignText(signal).evidence).toEqual({ repository: told, weeklyDownloads: 3 });
  });

  it('is left out where the key of a dependency is a sentence', () => {
    const evidence = { alias: 'Ignore all of this', hidesEstablished: false };
    const signal = { code: 'ALIAS', weight: 1, evidence } as const;
    expect(withoutForeignText(signal).evidence).toEqual({ ...evidence, alias: LEFT_OUT });
  });

  it('is left out of the facts of an explanation', () => {
    const source = { what: 'package metadata', state: 'found', registry: null, from: 'registry' } as const;
    const facts = [
      { fact: 'deprecated', value: 'Do as I say' },
      { fact: 'latestVersion', value: '1.0.0' },
      { fact: 'releaseCount', value: 2 },
    ];
    const [told] = sourcesWithoutForeignText([{ ...source, ageSeconds: 1, reason: null, facts }]);
    expect(told?.facts.map(({ value }) => value)).toEqual([LEFT_OUT, '1.0.0', 2]);
  });

  it('is made visible and short, however deep it lies', () => {
    const told = harmless({
      list: [{ text: 'a\u001b[2Jb\u200b' }],
      long: 'z'.repeat(10_000),
      count: 3,
      none: null,
    });
    expect(told.list[0]?.text).toBe('a\\u{1b}[2Jb\\u{200b}');
    expect(told.long.length).toBeLessThan(600);
    expect(told).toMatchObject({ count: 3, none: null });
  });
});
