import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DEFAULT_OPTIONS } from '../../../src/gateway/options.js';

const read = (file: string): string => readFileSync(file, 'utf8');
const manifest = JSON.parse(read('gateway/package.json')) as Record<string, unknown>;

describe('the package of the gateway', () => {
  it('has the version of the guard that it is built from, and brings nothing along', () => {
    const { version, engines } = JSON.parse(read('package.json')) as Record<string, unknown>;
    expect(manifest).toMatchObject({ name: 'verdaccio-phantom-guard', version, engines });
    for (const key of ['dependencies', 'peerDependencies', 'optionalDependencies', 'scripts', 'type'])
      expect(manifest).not.toHaveProperty(key);
  });

  it('says what each option does', () => {
    const rows = [...read('gateway/README.md').matchAll(/^\| `(\w+)` \| (.+?) \|/gm)];
    const told = new Map(rows.map(([, name, standard]) => [name, standard]));
    for (const [name, value] of Object.entries(DEFAULT_OPTIONS)) {
      expect(told.has(name), name).toBe(true);
      if (value !== null) expect(told.get(name)).toBe(`\`${Array.isArray(value) ? '[]' : String(value)}\``);
    }
  });
});
