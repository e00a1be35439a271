import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePackageName, scopeOf } from '../../../src/model/package-name.js';
import { packageName } from '../../support/subjects.js';

describe('a package name', () => {
  it.each(['left-pad', '@scope/widget', 'JSONStream', 'a.b_c', "old'name", '@s/widget', 'x'.repeat(214)])(
    'may be %s',
    (name) => {
      expect(parsePackageName(name)).toBe(name);
    },
  );

  it.each([
    '',
    'x'.repeat(215),
    '.hidden',
    '_private',
    'a/b',
    '@scope',
    '@/name',
    '@scope/',
    '@scope/a/b',
    '@scope/..',
    '..',
    'node_modules',
    'favicon.ico',
    'with space',
    'tab\tname',
    'escape\u001b[31m',
    'naïve',
    'lone\ud800',
    'http://host/x.tgz',
    '__proto__',
    'percent%2fname',
  ])('is never %j', (name) => {
    expect(parsePackageName(name)).toBeNull();
  });

  it('survives a URL unchanged, whatever was accepted', () => {
    fc.assert(
      fc.property(fc.string(), (raw) => {
        const name = parsePackageName(raw);
        if (name !== null)
          expect(encodeURIComponent(name).replace(/^%40/, '@').replace('%2F', '/')).toBe(name);
      }),
    );
  });

  it('knows its scope', () => {
    expect(scopeOf(packageName('@scope/widget'))).toBe('@scope');
    expect(scopeOf(packageName('widget'))).toBeNull();
  });
});
