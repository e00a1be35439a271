import { describe, expect, it } from 'vitest';
import wrapAnsi from 'wrap-ansi';
import { createLayout, PLAIN } from '../../../../src/report/text/layout.js';

const LONG = 'one two three four five six seven eight nine ten eleven twelve thirteen';
const at = (columns: number) =>
  createLayout(false, { columns, wrap: (text, width) => wrapAnsi(text, width) });

describe('the lines of a report', () => {
  it('are left whole where no width is known, and where the screen is too narrow to be read anyway', () => {
    expect(PLAIN.indented('    ', LONG)).toBe(`    ${LONG}`);
    expect(at(39).indented('    ', LONG)).toBe(`    ${LONG}`);
  });

  it('fit the screen, the later ones two places further in', () => {
    const lines = at(40).indented('    ', LONG).split('\n');
    expect(lines).toEqual([
      '    one two three four five six seven',
      '      eight nine ten eleven twelve',
      '      thirteen',
    ]);
  });

  it('are no wider than 120 columns', () => {
    const widest = Math.max(
      ...at(400)
        .indented('', 'word '.repeat(100))
        .split('\n')
        .map((line) => line.length),
    );
    expect(widest).toBeLessThanOrEqual(120);
    expect(widest).toBeGreaterThan(100);
  });

  it('keep a word that is longer than a line in one piece', () => {
    const url = `http://127.0.0.1/${'x'.repeat(60)}`;
    expect(at(40).indented('  ', `see ${url} there`)).toContain(url);
  });

  it('count letters and not the codes of colours', () => {
    const { paint, indented } = createLayout(true, {
      columns: 40,
      wrap: (text, width) => wrapAnsi(text, width),
    });
    const line = `${paint('red', 'one two three four')} five six seven`;
    expect(indented('', line)).not.toContain('\n');
    expect(indented('', line)).toContain('\u001b[31m');
  });
});
