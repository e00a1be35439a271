import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findImitations, findSlipsWithinScope } from '../../../src/names/find-imitations.js';
import { loadNameData } from '../../../src/names/load-name-data.js';
import { NO_NAME_DATA } from '../../../src/names/no-name-data.js';
import { MAX_STRENGTH } from '../../../src/names/strength.js';
import { CHARACTER_TECHNIQUES } from '../../../src/names/techniques/index.js';
import { decodePunycode } from '../../../src/names/techniques/punycode.js';

const data = loadNameData();
const imitatedBy = (name: string): string[] => findImitations(name, data).map(({ imitated }) => imitated);

describe('who can be an imitation', () => {
  it('a squatter with downloads of its own keeps its finding', () => {
    expect(data.popularityOf('axois')).toBeGreaterThan(8);
    expect(imitatedBy('axois')).toEqual(['axios']);
    expect(imitatedBy('loadsh')).toEqual(['lodash']);
    expect(imitatedBy('crossenv')).toEqual(['cross-env']);
  });

  it('a name that is nearly as popular as what it resembles is exempt', () => {
    expect(imitatedBy('preact')).toEqual([]);
    expect(imitatedBy('react')).toEqual([]);
  });

  it('a package in the scope of the owner whom it would imitate is exempt', () => {
    expect(imitatedBy('@babel/coer')).toEqual([]);
    expect(imitatedBy('@types/nodee')).toEqual([]);
  });

  it('a core module is recognised however popular its name is on npm', () => {
    expect(findImitations('crypto', data)[0]).toMatchObject({
      signal: 'CORE_MODULE',
      ecosystem: 'node',
      popularity: null,
    });
  });

  it('without data nothing but core modules is recognised', () => {
    expect(findImitations('loadsh', NO_NAME_DATA)).toEqual([]);
    expect(findImitations('fs', NO_NAME_DATA)).toHaveLength(1);
    expect(NO_NAME_DATA.existedAtSnapshot('phantom-invented-name')).toBe(true);
    expect(NO_NAME_DATA.isEstablishedScope('@babel')).toBe(false);
    expect(NO_NAME_DATA.scopeLeader('@babel')).toBeNull();
    expect(findImitations('@typess/phantom-x', NO_NAME_DATA)).toEqual([]);
  });

  it('a text longer than any name imitates nothing', () => {
    expect(imitatedBy('lodash'.repeat(60))).toEqual([]);
    expect(imitatedBy('İ'.repeat(214))).toEqual([]);
  });

  it('slips within a scope are found when asked for', () => {
    expect(findSlipsWithinScope('@babel/coer', data, CHARACTER_TECHNIQUES)[0]?.imitated).toBe('@babel/core');
    expect(findSlipsWithinScope('coer', data, CHARACTER_TECHNIQUES)).toEqual([]);
  });
});

function strengthOf(name: string): number {
  return findImitations(name, data)[0]?.strength ?? 0;
}

describe('the strength of the evidence', () => {
  it('warns about a typo of a famous name and never blocks on the name alone', () => {
    const warned = 2.153;
    const blocked = 3.405;
    for (const name of ['axois', 'loadsh', 'crossenv', 'expresss', 'types-node', '@anthropic/sdk']) {
      expect(strengthOf(name)).toBeGreaterThan(warned);
      expect(strengthOf(name)).toBeLessThan(blocked);
    }
  });

  it('is small for short names and for generic words around a name', () => {
    for (const name of ['mss', 'qss', 'express-gpt-helper']) expect(strengthOf(name)).toBeLessThan(2);
  });
});

describe('any text', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 250 }),
    fc.stringMatching(/^@?[a-z0-9._-]{0,40}\/?[a-z0-9._-]{0,40}$/),
    fc.stringMatching(/^xn--[a-z0-9-]{0,30}$/),
  );

  it('yields sorted findings on established names within the bounds of strength', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const findings = findImitations(text, data);
        findings.forEach((finding, i) => {
          expect(finding.strength).toBeGreaterThan(0);
          expect(finding.strength).toBeLessThanOrEqual(MAX_STRENGTH);
          expect(finding.imitated).not.toBe(finding.ecosystem === 'npm' ? text : null);
          if (finding.ecosystem === 'npm')
            expect(data.popularityOf(finding.imitated)).toBe(finding.popularity);
          if (i > 0) expect(finding.strength).toBeLessThanOrEqual(findings[i - 1]?.strength ?? 0);
        });
      }),
      { numRuns: 500 },
    );
  });
});

describe('punycode', () => {
  it('decodes what the platform encodes', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{0,6}[а-яα-ω]{1,6}[a-z]{0,6}$/), (label) => {
        const encoded = new URL(`http://${label}.test`).hostname.slice(0, -'.test'.length);
        expect(decodePunycode(encoded.slice('xn--'.length))).toBe(
          label.normalize('NFC').replaceAll('ς', 'ς'),
        );
      }),
    );
  });

  it('refuses what is none', () => {
    expect(decodePunycode('a-é')).toBeNull();
    expect(decodePunycode('z')).toBeNull();
    expect(decodePunycode('abc-')).toBe('abc');
    expect(decodePunycode('99999999')).toBeNull();
  });
});
