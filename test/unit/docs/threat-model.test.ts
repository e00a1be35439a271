import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const page = readFileSync(path.join(ROOT, 'docs/threat-model.md'), 'utf8');

/** Every `FILE`: "TITLE" of the page. */
const named = [...page.matchAll(/`(test\/[^`]+\.test\.ts)`:\s+"([^"]+)"/g)].map(
  ([, file = '', title = '']) => ({ file, title }),
);
const rows = page.split('\n').filter((line) => /^\| (?!promise)[^|]/.test(line));

describe('the threat model', () => {
  it('has a test in every row of its promises', () => {
    const without = rows.filter((row) => !/`test\/[^`]+\.test\.ts`: "[^"]+" \|$/.test(row));
    expect(without).toEqual([]);
    expect(named.length).toBeGreaterThanOrEqual(rows.length);
  });

  it.each(named)('$file has "$title"', ({ file, title }) => {
    const found = path.join(ROOT, file);
    expect(existsSync(found)).toBe(true);
    const source = readFileSync(found, 'utf8');
    expect([`'${title}'`, `"${title}"`, `\`${title}\``].some((quoted) => source.includes(quoted))).toBe(true);
  });
});
