import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLineBatches } from '../../../src/names/line-batches.js';
import { loadNameData } from '../../../src/names/load-name-data.js';
import { type JudgeBatch, scanBatch, scanNames } from '../../../src/names/scan.js';
import { openScanPool } from '../../../src/names/scan-pool.js';

const ROOT = join(import.meta.dirname, '../../..');
const data = loadNameData();
const judgeHere: JudgeBatch = (lines) => scanBatch(lines, data);

async function* chunks(...parts: (string | Uint8Array)[]): AsyncGenerator<string | Uint8Array> {
  for (const part of parts) yield await Promise.resolve(part);
}

async function scan(
  input: AsyncIterable<string | Uint8Array>,
  judge: JudgeBatch = judgeHere,
  inFlight = 1,
): Promise<string> {
  let text = '';
  for await (const chunk of scanNames(input, judge, inFlight)) text += chunk;
  return text;
}

const namesIn = (ndjson: string): string[] =>
  ndjson
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line).name);

describe('a scan of names', () => {
  it('answers every line in order with what is known, found and meant', async () => {
    const lines = (await scan(chunks('loadsh\nlodash\n', 'phantom-invented-name')))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines[0]).toMatchObject({
      name: 'loadsh',
      valid: true,
      popularity: 15,
      inSnapshot: true,
      suggestions: [{ name: 'lodash' }],
    });
    expect(lines[0].findings[0]).toMatchObject({ technique: 'swapped-characters', imitated: 'lodash' });
    expect(lines[1]).toMatchObject({ name: 'lodash', popularity: 28, findings: [], suggestions: [] });
    expect(lines[2]).toMatchObject({ name: 'phantom-invented-name', popularity: null, inSnapshot: false });
  });

  it('takes carriage returns, byte order marks, empty lines and chunks cut anywhere', async () => {
    const bytes = Buffer.from('\uFEFFreact\r\n\r\n   \nlоdash\nvue\n');
    const pieces = Array.from(bytes, (byte) => Uint8Array.of(byte));
    expect(namesIn(await scan(chunks(...pieces)))).toEqual(['react', 'lоdash', 'vue']);
  });

  it('marks junk and keeps only the beginning of endless lines', async () => {
    const text = await scan(
      chunks('a b\n', ...Array.from({ length: 50 }, () => 'x'.repeat(100_000)), '\nvue\n'),
    );
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ valid }) => valid)).toEqual([false, false, true]);
    expect(lines[1].name).toHaveLength(100);
  });

  it('reads no further than the batches under way while nobody takes the output', async () => {
    let read = 0;
    async function* endless(): AsyncGenerator<string> {
      for (;;) {
        read += 512;
        yield await Promise.resolve('vue\n'.repeat(512));
      }
    }
    const output = scanNames(endless(), judgeHere, 2);
    await output.next();
    await output.return(undefined);
    expect(read).toBeLessThanOrEqual(3 * 512);
  });

  it('passes the failure of a batch on, also when later batches fail too', async () => {
    const failing: JudgeBatch = () => Promise.reject(new Error('no'));
    await expect(scan(chunks('a\n'.repeat(5000)), failing, 4)).rejects.toThrow('no');
  });

  it('cuts any text into the same lines, however it is chunked', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ maxLength: 40 })), async (parts) => {
        const collect = async (input: AsyncIterable<string>): Promise<string[]> => {
          const lines: string[] = [];
          for await (const batch of readLineBatches(input)) lines.push(...batch);
          return lines;
        };
        const expected = parts
          .join('')
          .split('\n')
          .map((line) => line.trim())
          .filter(Boolean);
        expect(await collect(chunks(...parts) as AsyncGenerator<string>)).toEqual(expected);
      }),
    );
  });
});

describe('a scan by workers', () => {
  const outdir = join(ROOT, 'node_modules/.cache/scan-test');
  const entry = join(outdir, 'scan-names.js');
  beforeAll(async () => {
    mkdirSync(outdir, { recursive: true });
    await build({
      entryPoints: [join(ROOT, 'workers/scan-names.ts')],
      outfile: entry,
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
    });
  });
  afterAll(() => rmSync(outdir, { recursive: true, force: true }));

  it('yields the bytes of a scan in this thread', async () => {
    const input = Array.from({ length: 3000 }, (_, i) => (i % 2 === 0 ? `phantom-${i}\n` : `lodash${i}\n`));
    const pool = openScanPool(2, entry, join(ROOT, 'data'));
    try {
      expect(await scan(chunks(...input), pool.judge, pool.inFlight)).toBe(await scan(chunks(...input)));
    } finally {
      await pool.close();
    }
  });

  it('that can not start ends in our own error', async () => {
    const pool = openScanPool(1, entry, join(ROOT, 'nowhere'));
    try {
      await expect(scan(chunks('vue\n'), pool.judge, pool.inFlight)).rejects.toMatchObject({
        code: 'INTERNAL',
      });
    } finally {
      await pool.close();
    }
  });
});
