import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TreeEntry } from '../../../src/model/resolved-tree.js';
import { changedEntries } from '../../../src/since/changed-entries.js';
import { entry } from '../../support/subjects.js';

const word = fc.string({ maxLength: 4 });
const stated = fc.option(word);

const arbitraryEntry: fc.Arbitrary<TreeEntry> = fc
  .record({
    name: word,
    alias: stated,
    version: stated,
    spec: stated,
    resolved: stated,
    integrity: stated,
    source: fc.constantFrom('registry', 'git', 'remote', 'file', 'link', 'workspace', 'bundled'),
    askedFrom: fc.constantFrom('registry', 'url', null),
    presence: fc.constantFrom('installed', 'declared'),
    direct: fc.boolean(),
    dev: fc.boolean(),
  })
  .map((fields) => entry(fields as Partial<TreeEntry>));

const arbitraryTree = fc
  .array(arbitraryEntry, { maxLength: 12 })
  .map((entries) => entries.map((one, index) => ({ ...one, id: `node_modules/${index}` })));

/** A value that no arbitrary entry has. */
const NEW = 'changed';

const CHANGES: readonly Partial<TreeEntry>[] = [
  { name: NEW },
  { alias: NEW },
  { version: NEW },
  { resolved: NEW },
  { integrity: NEW },
];

describe('what changed between two trees', () => {
  it('is nothing in the same tree, in whatever order and at whatever places', () => {
    fc.assert(
      fc.property(arbitraryTree, (entries) => {
        const moved = entries.map((one, index) => ({ ...one, id: `elsewhere/${index}` })).toReversed();
        expect(changedEntries(entries, moved)).toEqual(new Set());
      }),
    );
  });

  it('is everything where there was nothing', () => {
    fc.assert(
      fc.property(arbitraryTree, (entries) => {
        expect(changedEntries(entries, [])).toEqual(new Set(entries.map(({ id }) => id)));
      }),
    );
  });

  it('is the one entry of which one field changed', () => {
    fc.assert(
      fc.property(
        arbitraryTree.filter((entries) => entries.length > 0),
        fc.nat(),
        fc.constantFrom(...CHANGES),
        (entries, at, change) => {
          const index = at % entries.length;
          const now = entries.map((one, place) => (place === index ? { ...one, ...change } : one));
          expect(changedEntries(now, entries)).toEqual(new Set([`node_modules/${index}`]));
        },
      ),
    );
  });

  it.each<[string, Partial<TreeEntry>, Partial<TreeEntry>]>([
    ['source', { source: 'registry' }, { source: 'remote' }],
    ['presence', { presence: 'declared' }, { presence: 'installed' }],
    ['askedFrom', { source: 'git', askedFrom: 'url' }, { source: 'git', askedFrom: 'registry' }],
    ['resolved, by leaving it out', { resolved: null }, { resolved: 'https://registry.example.test/a.tgz' }],
    ['integrity, by leaving it out', { integrity: 'sha512-AAAA' }, { integrity: null }],
    ['spec of a declared entry', { presence: 'declared', spec: '^1' }, { presence: 'declared', spec: '^2' }],
  ])('counts the %s', (_, before, now) => {
    expect(changedEntries([entry(now)], [entry(before)]).size).toBe(1);
  });

  it.each<[string, Partial<TreeEntry>]>([
    ['place', { id: 'node_modules/b/node_modules/invented-widget' }],
    ['spec of an installed entry', { spec: '^2' }],
    ['askedFrom of what a registry has', { askedFrom: 'url' }],
    ['kind of dependency', { dev: true, optional: true, direct: false }],
  ])('does not count the %s', (_, now) => {
    expect(changedEntries([entry(now)], [entry()]).size).toBe(0);
  });
});
