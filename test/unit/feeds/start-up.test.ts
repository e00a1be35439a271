import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const FEEDS = path.resolve(import.meta.dirname, '../../../src/feeds');

/** Packages that come with the modules that `file` imports at once, types aside. */
function packagesOf(file: string, seen = new Set<string>()): Set<string> {
  const packages = new Set<string>();
  if (seen.has(file)) return packages;
  seen.add(file);
  const source = readFileSync(file, 'utf8');
  for (const [, target = ''] of source.matchAll(/^(?:import|export) (?!type\b)[^;]*?from '([^']+)'/gm)) {
    if (!target.startsWith('.')) packages.add(target);
    else {
      const next = path.resolve(path.dirname(file), target.replace(/\.js$/, '.ts'));
      for (const one of packagesOf(next, seen)) packages.add(one);
    }
  }
  return packages;
}

const outside = (file: string) =>
  [...packagesOf(path.join(FEEDS, file))].filter((name) => !name.startsWith('node:'));

describe('the code of feeds', () => {
  it('is not loaded where there are none', () => {
    expect(outside('load-feeds.ts')).toEqual([]);
    expect(outside('feed-client.ts')).toEqual([]);
  });

  it('brings neither HTTP, the cache nor the CSV parser before a feed needs them', () => {
    expect(outside('load-every-feed.ts')).toEqual(['semver']);
  });
});
