import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const CHUNKS = readdirSync('dist/chunks');

function chunk(name: string): string {
  const found = CHUNKS.filter((file) => new RegExp(`^${name}-.{8}\\.js$`).test(file));
  if (found.length !== 1) throw new Error(`${found.length} chunks are called ${name}`);
  return `dist/chunks/${found[0]}`;
}

/** The files that Node loads with these, before any of them runs. */
function loadedWith(files: readonly string[], seen = new Set<string>()): Set<string> {
  for (const file of files.filter((one) => !seen.has(one))) {
    seen.add(file);
    const imported = [...readFileSync(file, 'utf8').matchAll(/\b(?:import|from)\s*"(\.[^"]+)"/g)];
    loadedWith(
      imported.map(([, target = '']) => path.join(path.dirname(file), target)),
      seen,
    );
  }
  return seen;
}

describe('a verdict that is remembered', () => {
  it.each([
    ['check', ['dist/cli.js', chunk('run-check')]],
    ['the hook of pnpm', ['dist/pnpm-hook.js']],
  ])('is found by %s with a few small files', (_, entries) => {
    const loaded = [...loadedWith(entries)];
    expect(loaded).toContain(chunk('start'));
    expect(loaded.length).toBeLessThanOrEqual(4);
    expect(loaded.reduce((sum, file) => sum + statSync(file).size, 0)).toBeLessThan(50_000);
  });
});

describe('a tree that is judged from what is known offline', () => {
  it('brings neither HTTP nor the cache, YAML nor the configuration of npm before they are needed', () => {
    const loaded = [...loadedWith(['dist/cli.js', chunk('run-check'), chunk('judge')])];
    // The bundler's own file has no sources.
    const sources = loaded
      .filter((file) => existsSync(`${file}.map`))
      .flatMap((file) => {
        const { sources } = JSON.parse(readFileSync(`${file}.map`, 'utf8')) as { sources: string[] };
        return sources;
      });
    const packages = sources.map((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1]);
    expect([...new Set(packages)].filter((name) => name !== undefined).toSorted()).toEqual([]);
  });
});
