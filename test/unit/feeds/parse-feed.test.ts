import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GuardError } from '../../../src/errors.js';
import { MAX_ENTRIES_OF_NAME } from '../../../src/feeds/limits.js';
import { parseFeed } from '../../../src/feeds/parse-feed.js';
import { osv, parsed, rangeOf, wholeRange } from './support.js';

const WHOLE = { id: 'MAL-2025-7', all: true, versions: [], ranges: [] };
const exact = (...versions: readonly string[]) => ({ id: null, all: false, versions, ranges: [] });
const all = { ...WHOLE, id: null };

describe('OSV', () => {
  it('is read as one record, a list of them, or one on each line', async () => {
    const records = ['zq-a', 'zq-b', 'zq-c'].map((name) => osv(name));
    const one = await parsed(records[0]);
    expect(one).toMatchObject({ kind: 'malicious', entries: 1, skipped: 0 });
    expect(one.entriesOf('zq-a')).toEqual([WHOLE]);
    expect((await parseFeed(JSON.stringify(records[0], null, 2))).entries).toBe(1);
    expect((await parsed(records)).entries).toBe(3);
    const lines = records.map((record) => JSON.stringify(record));
    for (const text of [lines.join('\n'), `\uFEFF\n${lines.join('\r\n\r\n')}\r\n`]) {
      const feed = await parseFeed(text);
      expect([...feed.table.keys()]).toEqual(['zq-a', 'zq-b', 'zq-c']);
    }
  });

  it('counts only npm packages of records that were not withdrawn', async () => {
    const other = { package: { ecosystem: 'PyPI', name: 'zq-py' }, versions: ['1.0.0'] };
    const feed = await parsed([
      osv('zq-a'),
      osv('zq-gone', wholeRange(), { withdrawn: '2025-12-01T00:00:00Z' }),
      osv('zq-py', {}, { affected: [other] }),
    ]);
    expect([...feed.table.keys()]).toEqual(['zq-a']);
    expect(feed.skipped).toBe(0);
  });

  it('joins listed versions and ranges, and lets the whole package win', async () => {
    const both = { versions: ['v1.0.0+build'], ...rangeOf({ introduced: '2.0.0' }, { fixed: '2.1.0' }) };
    expect((await parsed(osv('zq-a', both))).entriesOf('zq-a')).toEqual([
      { id: 'MAL-2025-7', all: false, versions: ['1.0.0'], ranges: ['>=2.0.0 <2.1.0'] },
    ]);
    const whole = { versions: ['1.0.0'], ...wholeRange() };
    expect((await parsed(osv('zq-a', whole))).entriesOf('zq-a')).toEqual([WHOLE]);
  });

  it('takes null for a field that is missing', async () => {
    const affected = { versions: null, ...wholeRange() };
    expect((await parsed(osv('zq-a', affected, { withdrawn: null }))).entriesOf('zq-a')).toEqual([WHOLE]);
  });

  it('skips what cannot be judged, and says how much', async () => {
    const git = { ranges: [{ type: 'GIT', events: [{ introduced: '0' }] }] };
    const feed = await parsed([
      osv('zq-a'),
      osv('not a name'),
      osv('zq-b', git),
      osv('zq-c', { versions: [] }),
    ]);
    expect(feed).toMatchObject({ entries: 1, skipped: 3 });
  });

  it('keeps records of one name apart, up to a limit, and loses no version', async () => {
    const records = Array.from({ length: 50 }, (_, i) =>
      osv('zq-a', { versions: [`1.0.${i}`] }, { id: `MAL-2025-${i}` }),
    );
    const feed = await parsed([...records, osv('zq-b', { versions: ['1.0.0'] }), osv('zq-b')]);
    expect(feed.entriesOf('zq-a')).toHaveLength(MAX_ENTRIES_OF_NAME);
    expect(feed.entriesOf('zq-a').flatMap(({ versions }) => versions)).toHaveLength(50);
    expect(feed.entriesOf('zq-b')).toEqual([WHOLE]);
  });
});

describe('a manifest', () => {
  it('lists versions, or the whole package', async () => {
    const feed = await parsed({
      'zq-a': ['1.0.0', '1.0.1'],
      'zq-b': [],
      'zq-c': null,
      'zq d': [],
      'zq-e': ['<1'],
    });
    expect(feed).toMatchObject({ kind: 'malicious', entries: 3, skipped: 2 });
    expect(feed.entriesOf('zq-a')).toEqual([exact('1.0.0', '1.0.1')]);
    expect(feed.entriesOf('zq-b')).toEqual([all]);
    expect(feed.entriesOf('zq-c')).toEqual([all]);
  });

  it('may hold the names of members of every object', async () => {
    const feed = await parseFeed('{"__proto__": ["1.0.0"], "constructor": ["2.0.0"], "zq-a": null}');
    expect(feed.entriesOf('constructor')).toEqual([exact('2.0.0')]);
    expect(feed.entriesOf('toString')).toEqual([]);
    expect(feed.skipped).toBe(1);
    expect(Object.hasOwn(Object.prototype, '0')).toBe(false);
  });
});

describe('a table', () => {
  it.each([
    ['commas', 'name,version\nzq-a,1.0.0\nzq-b,\n'],
    ['tabs', 'NAME\tversions\nzq-a\t1.0.0\nzq-b\t\n'],
    ['quotes, CRLF and a byte order mark', '\uFEFF"Package","version"\r\n"zq-a","1.0.0"\r\n"zq-b",""\r\n'],
    ['short rows and empty lines', 'note,package_name,version\n\nx,zq-a,1.0.0\n\ny,zq-b'],
  ])('is read with %s', async (_, text) => {
    const feed = await parseFeed(text);
    expect(feed).toMatchObject({ kind: 'malicious', entries: 2, skipped: 0 });
    expect(feed.entriesOf('zq-a')).toEqual([exact('1.0.0')]);
    expect(feed.entriesOf('zq-b')).toEqual([all]);
  });

  it('separates versions in a cell in three ways, and joins rows of one name', async () => {
    const feed = await parseFeed(
      'name,versions\nzq-a,"1.0.0; 1.0.1,1.0.2 v1.0.3"\nzq-a,2.0.0\nzq-b,1.0.0\nzq-b,*',
    );
    expect(feed.entriesOf('zq-a')).toEqual([exact('1.0.0', '1.0.1', '1.0.2', '1.0.3', '2.0.0')]);
    expect(feed.entriesOf('zq-b')).toEqual([all]);
  });

  it.each(['model', 'Hallucinated', 'hallucination', 'prompt', 'registry_status'])(
    'with a column %s lists hallucinations',
    async (column) => {
      expect((await parseFeed(`name,${column}\nzq-a,x`)).kind).toBe('hallucination');
    },
  );

  it('leaves out the rows of other ecosystems', async () => {
    const feed = await parseFeed('name,ecosystem\nzq-a,npm\nzq-py,PyPI\nzq-none');
    expect([...feed.table.keys()]).toEqual(['zq-a']);
  });

  it('puts up with quotes inside a cell', async () => {
    expect((await parseFeed('name\ttask\nzq-a\tparse "a" and 5" disks\n')).entries).toBe(1);
  });

  it.each(['none', '__proto__', 'zq a'])('skips the row of %s, which is no name', async (name) => {
    const feed = await parseFeed(`name\nzq-a\n${name === 'none' ? '""' : name}\n`);
    expect(feed.entries + feed.skipped).toBe(2);
    expect(feed.entriesOf('toString')).toEqual([]);
  });
});

describe('no feed', () => {
  const record = JSON.stringify(osv('zq-a'));
  it.each([
    ['nothing', ''],
    ['blanks', ' \r\n\t '],
    ['a web page', '<!doctype html><title>name,version</title>'],
    ['a web page behind blanks', '\n  <html>'],
    ['prose', 'Not Found'],
    ['a table without names', 'version,date\n1.0.0,2025'],
    ['a table without rows', 'name,version\n'],
    ['a table without a usable row', 'name\nzq a\n'],
    ['a table that ends inside quotes', 'name,version\nzq-a,"1.0.0\nzq-b,1.0.0'],
    ['a row of two million characters', `name\n${'a'.repeat(2_000_000)}`],
    ['an empty object', '{}'],
    ['an empty list', '[]'],
    ['a number', '7'],
    ['an error of an API', '{"error": "not found"}'],
    ['names with versions that are no texts', '{"zq-a": [1]}'],
    ['a list of other objects', '[{"name": "zq-a"}]'],
    ['a list with one other object', `[${record}, {"name": "zq-a"}]`],
    ['a truncated record', record.slice(0, -5)],
    ['a truncated list', `[${record},`],
    ['a truncated manifest', '{"zq-a": ["1.0.0"], "zq-b": ["1.'],
    ['lines of which the last is cut', `${record}\n${record.slice(0, 40)}`],
    ['lines of which the first is broken', `{"id": }\n${record}`],
    ['lines of other objects', `${record}\n{"name": "zq-b"}`],
    ['only packages of other ecosystems', record.replace('"npm"', '"PyPI"')],
    ['only a withdrawn record', record.replace('{', '{"withdrawn":"2025-12-01T00:00:00Z",')],
    ['brackets without an end', '['.repeat(3_000_000)],
    ['deep JSON', `{"id":"x","affected":${'['.repeat(600_000)}${']'.repeat(600_000)}}`],
    ['escaped quotes around brackets', `["\\\\","${'\\"['.repeat(700_000)}"${'['.repeat(200)}`],
  ])('is %s', async (_, text) => {
    await expect(parseFeed(text)).rejects.toMatchObject({ code: 'FEED_UNREADABLE' });
  });

  it('is whatever else, and nothing but our own error says so', async () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      ',',
      ':',
      '\n',
      '\t',
      'name',
      '"id":"x"',
      '"affected":',
      'zq-a',
      '\0',
      '<',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((list) => list.join('')),
        ),
        async (text) => {
          try {
            expect((await parseFeed(text)).entries).toBeGreaterThan(0);
          } catch (error) {
            expect(error).toBeInstanceOf(GuardError);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
