import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const MANIFEST = JSON.parse(readFileSync('package.json', 'utf8'));

it('what is shipped runs nothing when it is installed', () => {
  const scripts = Object.keys(MANIFEST.scripts);
  expect(scripts.filter((name) => /^(?:pre|post)?(?:un)?install$|^(?:pre|post)prepare$/.test(name))).toEqual(
    [],
  );
  expect(MANIFEST.gypfile).toBeUndefined();
});

it('what is shipped brings no other package', () => {
  for (const key of ['dependencies', 'optionalDependencies', 'peerDependencies', 'bundleDependencies'])
    expect(MANIFEST[key], key).toBeUndefined();
});
