import { describe, expect, it } from 'vitest';
import {
  foreignVersions,
  onlyVersions,
  tarballOf,
  uplinksOf,
  withoutVersions,
} from '../../../src/gateway/manifest.js';

const versionsOf = (...ids: string[]) => Object.fromEntries(ids.map((id) => [id, { version: id }]));

describe('a document without some of its versions', () => {
  const document = {
    name: 'zq-a',
    versions: versionsOf('1.0.0', '1.1.0', '2.0.0-rc.1', '2.0.0', '3.0.0'),
    time: { created: 'c', modified: 'm', '1.0.0': 't', '2.0.0': 't' },
    'dist-tags': { latest: '2.0.0', next: '3.0.0', old: '1.0.0' },
  };

  it('loses their times and tags, and latest moves to the highest release below', () => {
    expect(withoutVersions(document, new Set(['2.0.0']))).toEqual({
      name: 'zq-a',
      versions: versionsOf('1.0.0', '1.1.0', '2.0.0-rc.1', '3.0.0'),
      time: { created: 'c', modified: 'm', '1.0.0': 't' },
      'dist-tags': { latest: '1.1.0', next: '3.0.0', old: '1.0.0' },
    });
  });

  it.each([
    ['a higher release where none is below', ['1.0.0', '1.1.0', '2.0.0'], '3.0.0'],
    ['a prerelease where there is no release', ['1.0.0', '1.1.0', '2.0.0', '3.0.0'], '2.0.0-rc.1'],
    ['nothing where nothing is left', Object.keys(document.versions), undefined],
  ])('has as latest %s', (_, removed, latest) => {
    const left = withoutVersions(document, new Set(removed));
    expect((left['dist-tags'] as Record<string, string>)['latest']).toBe(latest);
  });

  it('is the same document where nothing goes, and has no times where it had none', () => {
    expect(withoutVersions(document, new Set())).toBe(document);
    const { time: _, ...timeless } = document;
    expect(withoutVersions(timeless, new Set(['3.0.0']))).not.toHaveProperty('time');
  });

  it('takes versions that are none as they are', () => {
    const odd = { versions: versionsOf('x', '1.0.0'), 'dist-tags': { latest: 'y' } };
    expect(withoutVersions(odd, new Set(['x']))).toMatchObject({ 'dist-tags': { latest: 'y' } });
    expect(withoutVersions({ ...odd, 'dist-tags': { latest: 'x' } }, new Set(['x']))).toMatchObject({
      'dist-tags': { latest: '1.0.0' },
    });
  });
});

describe('where a version is from', () => {
  const at = (file: string) => ({ dist: { tarball: `http://127.0.0.1/zq-a/-/${file}?x#y` } });
  const document = {
    versions: {
      '1.0.0': at('own.tgz'),
      '2.0.0': at('kept.tgz'),
      '3.0.0': at('far.tgz'),
      '4.0.0': {},
      '5.0.0': at(''),
    },
    _attachments: { 'own.tgz': {}, 'kept.tgz': {} },
    _distfiles: { 'kept.tgz': {}, 'far.tgz': {} },
  };

  it('is here for what is attached and has no address elsewhere', () => {
    expect(foreignVersions(document)).toEqual(['2.0.0', '3.0.0', '4.0.0', '5.0.0']);
    expect(Object.keys(onlyVersions(document, ['2.0.0'])['versions'] as object)).toEqual(['2.0.0']);
    expect(onlyVersions(document, Object.keys(document.versions))).toBe(document);
  });

  it('is told by the name of the tarball', () => {
    expect(tarballOf(document, '1.0.0')).toBe('own.tgz');
    expect([tarballOf(document, '4.0.0'), tarballOf(document, '5.0.0'), tarballOf({}, '1.0.0')]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('is elsewhere for a document that says nothing of attachments', () => {
    expect(foreignVersions({ versions: { '1.0.0': at('a.tgz') } })).toEqual(['1.0.0']);
    expect([uplinksOf({}), uplinksOf({ _uplinks: [] }), uplinksOf({ _uplinks: { a: {} } })]).toEqual([
      [],
      [],
      ['a'],
    ]);
  });
});
