import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_RAGGED_ROWS, MAX_ROW_LENGTH } from '../../../src/feeds/limits.js';
import { parseFeed } from '../../../src/feeds/parse-feed.js';
import { readPlainRows } from '../../../src/feeds/plain-rows.js';

const SECOND_US = 1_000_000;

describe('a table without quotes', () => {
  it('is read as csv-parse reads it', () => {
    const cell = fc.stringMatching(/^[^"\r\n,]{0,8}$/);
    const lines = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 12 });
    fc.assert(
      fc.property(lines, fc.constantFrom('\n', '\r\n', '\r'), (rows, end) => {
        const text = rows.map((row) => row.join(',')).join(end);
        const options = { relax_column_count: true, relax_quotes: true, skip_empty_lines: true };
        // csv-parse looks for the line end within the first line.
        const expected = parse(text, { ...options, record_delimiter: end });
        expect(readPlainRows(text, ',', 100)).toEqual(expected);
      }),
    );
  });

  it('takes less than a second for 1 MB, though no row is as long as the first', async () => {
    const rows = 'zq-a\n'.repeat(200_000);
    const before = process.cpuUsage();
    expect((await parseFeed(`name,version\n${rows}`)).entries).toBe(200_000);
    expect(process.cpuUsage(before).user).toBeLessThan(SECOND_US);
  });

  it('with a row that is too long is left to csv-parse, which refuses it', () => {
    expect(readPlainRows(`name\n${'a'.repeat(MAX_ROW_LENGTH + 1)}`, ',', 100)).toBeNull();
  });
});

describe('a table with quotes', () => {
  it('may have some rows that are not as long as the first, and not any number', async () => {
    const table = (count: number): string => `name,version\n"zq-b",1.0.0\n${'zq-a\n'.repeat(count)}`;
    expect((await parseFeed(table(100))).entries).toBe(101);
    await expect(parseFeed(table(MAX_RAGGED_ROWS + 1))).rejects.toMatchObject({ code: 'FEED_UNREADABLE' });
  });
});
