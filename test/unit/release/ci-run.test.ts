import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (file: string): string => readFileSync(file, 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> };

describe('.ci/run', () => {
  it('runs scripts that package.json has', () => {
    const named = [...read('.ci/run').matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name);
    expect(named.length).toBeGreaterThan(15);
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it('runs all that `npm test` runs but the build, which comes with npm ci', () => {
    const parts = scripts['test']?.match(/npm run [\w:-]+/g) ?? [];
    expect(parts).toContain('npm run build');
    expect(scripts['prepare']).toBe('npm run build');
    for (const part of parts.filter((one) => one !== 'npm run build'))
      expect(read('.ci/run')).toContain(part);
  });
});

describe('the slowest tests, which vitest begins with', () => {
  it('are files of the suite, each once', () => {
    const files: readonly string[] = JSON.parse(read('test/support/slowest-tests.json'));
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
    expect(new Set(files).size).toBe(files.length);
  });
});
