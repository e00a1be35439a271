import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factSpaceOf } from '../../../src/cache/fact-space.js';
import { decodeTable, encodeTable, type FactTable, fromRow, toRow } from '../../../src/cache/fact-table.js';
import { MAX_AGGREGATE_NAMES, mergeAggregate } from '../../../src/cache/merge-aggregate.js';
import { NOW_MS, namesOf } from './support.js';

const space = factSpaceOf('packages', 'https://registry.example.test/');
const rowAt = (fetchedAtMs: number, facts: readonly unknown[] | null = [fetchedAtMs]) =>
  toRow({ fetchedAtMs, etag: null, facts });

describe('a table of facts', () => {
  it('gives back its rows, whatever is in the facts', () => {
    const name = fc.stringMatching(/^[A-Za-z0-9@/._~!'()*-]{1,30}$/);
    const fact = fc.record({
      fetchedAtMs: fc.integer({ min: 0, max: 8.64e15 }),
      etag: fc.option(fc.stringMatching(/^[ -~]{1,40}$/), { nil: null }),
      facts: fc.option(fc.array(fc.string({ unit: 'binary' })), { nil: null }),
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fact)), (entries) => {
        const facts = new Map(entries);
        const rows = new Map(Array.from(facts, ([key, value]) => [key, toRow(value)]));
        const read = decodeTable(encodeTable(space, rows).toString(), space) ?? new Map();
        expect(new Map(Array.from(read, ([key, row]) => [key, fromRow(row)]))).toEqual(facts);
      }),
    );
  });

  it('is a miss or a table, whatever the text', () => {
    const header = encodeTable(space, new Map()).toString();
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(decodeTable(text, space)).toBeNull();
        for (const row of decodeTable(`${header}\n${text}`, space)?.values() ?? []) fromRow(row);
      }),
    );
  });

  it('is a miss for another kind or service', () => {
    const text = encodeTable(space, new Map()).toString();
    expect(decodeTable(text, factSpaceOf('downloads', 'https://registry.example.test/'))).toBeNull();
    expect(decodeTable(text, factSpaceOf('packages', 'https://other.example.test/'))).toBeNull();
  });

  it.each(['a', 'a 1', ' 1 [null,null]', 'a x [null,null]', 'a 1.5 []'])('leaves out the line %j', (line) => {
    expect(decodeTable(`${encodeTable(space, new Map()).toString()}\n${line}`, space)?.size).toBe(0);
  });

  it.each(['', '{}', '[null]', '[null,1]', '[null,{}]', 'null'])('takes the row %j for a miss', (json) => {
    expect(fromRow({ fetchedAtMs: 1, json })).toBeNull();
  });

  it('drops an ETag that could not be sent', () => {
    expect(fromRow({ fetchedAtMs: 1, json: '["a\\r\\nHost: x",null]' })).toEqual({
      fetchedAtMs: 1,
      etag: null,
      facts: null,
    });
  });
});

describe('merging', () => {
  const table = (entries: Record<string, number>): FactTable =>
    new Map(Object.entries(entries).map(([name, at]) => [name, rowAt(at)]));

  it('keeps the newer fetch of each name, whichever side it is on', () => {
    const { aggregate, dropped } = mergeAggregate(
      table({ a: 5, b: 1, c: 1 }),
      table({ a: 4, b: 2, d: 1 }),
      NOW_MS,
    );
    expect(aggregate).toEqual(table({ a: 5, b: 2, c: 1, d: 1 }));
    expect(dropped).toEqual([]);
  });

  it('leaves out what was fetched in the future, so that it cannot win for ever', () => {
    const future = NOW_MS + 60 * 60_000;
    const { aggregate } = mergeAggregate(table({ a: future }), table({ a: NOW_MS, b: future }), NOW_MS);
    expect(aggregate).toEqual(table({ a: NOW_MS }));
  });

  it('drops the oldest fetches above the bound on names', () => {
    const stored = new Map(namesOf(MAX_AGGREGATE_NAMES).map((name, index) => [name, rowAt(1000 + index)]));
    const { aggregate, dropped } = mergeAggregate(stored, table({ x: 5000, y: 1 }), NOW_MS);
    expect(aggregate.size).toBe(MAX_AGGREGATE_NAMES);
    expect(dropped).toEqual(['y', 'zq-made-up-0']);
  });

  it('drops the oldest fetches above the bound on bytes', () => {
    const large = (at: number) => rowAt(at, ['x'.repeat(6 * 1024 * 1024)]);
    const stored = new Map([
      ['a', large(3)],
      ['b', large(1)],
    ]);
    const { aggregate, dropped } = mergeAggregate(stored, new Map([['c', large(2)]]), NOW_MS);
    expect([...aggregate.keys()]).toEqual(['a', 'c']);
    expect(dropped).toEqual(['b']);
  });
});
