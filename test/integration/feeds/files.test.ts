import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, mkdir, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { EVAL_LOCKFILES, hasEvalData } from '../../support/projects.js';
import { osv } from '../../unit/feeds/support.js';
import { withDirectory } from '../cache/support.js';
import { listed, load, NOW_MS } from './support.js';

const EVAL = path.dirname(EVAL_LOCKFILES);
/** Later than any clock on which this runs. */
const LATER_MS = Date.UTC(2100, 0, 1);

async function write(file: string, content: unknown): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

describe('a file', () => {
  it('is recognised by its content, with its time as the age', async () => {
    await withDirectory(async (dir) => {
      const file = await write(path.join(dir, 'feed.txt'), { 'zq-a': ['1.0.0'] });
      await utimes(file, NOW_MS / 1000 - 90, NOW_MS / 1000 - 90);
      const loaded = await load([file]);
      expect(loaded).toMatchObject({ failures: [], notices: [] });
      expect(loaded.sources).toEqual([
        {
          feed: 'feed.txt',
          kind: 'malicious',
          entries: 1,
          skipped: 0,
          fetchedAtMs: NOW_MS - 90_000,
          ageSeconds: 90,
          from: 'file',
        },
      ]);
      expect(listed(loaded, 'zq-a')).toEqual([
        { kind: 'malicious', feed: 'feed.txt', id: null, versions: 'exact' },
      ]);
    });
  });

  it('has the kind that the configuration says', async () => {
    await withDirectory(async (dir) => {
      const source = await write(path.join(dir, 'feed.json'), { 'zq-a': [] });
      const loaded = await load([{ source, kind: 'hallucination' }, source, source]);
      expect(listed(loaded, 'zq-a').map(({ kind }) => kind)).toEqual(['hallucination', 'malicious']);
    });
  });

  it('is not held back by another that fails, offline or not', async () => {
    await withDirectory(async (dir) => {
      const good = await write(path.join(dir, 'good.json'), { 'zq-a': [] });
      const cut = await write(path.join(dir, 'cut.json'), '{"zq-b": [');
      const binary = path.join(dir, 'binary.json.gz');
      await writeFile(binary, Buffer.from([0x1f, 0x8b, 0xff, 0x00]));
      const huge = await write(path.join(dir, 'huge.json'), '');
      await truncate(huge, 257 * 1024 * 1024);
      const fifo = path.join(dir, 'fifo');
      execFileSync('mkfifo', [fifo]);
      const bad = [
        cut,
        binary,
        huge,
        fifo,
        path.join(dir, 'missing.json'),
        'relative.json',
        'ftp://zq.test/x',
      ];
      const loaded = await load([good, ...bad], { offline: true });
      expect(loaded.sources.map(({ feed }) => feed)).toEqual(['good.json']);
      expect(loaded.failures.map(({ feed }) => feed)).toEqual(bad.map((source) => path.basename(source)));
      expect(loaded.failures.map(({ reason }) => reason).join('\n')).toMatch(
        /JSON.*\n.*UTF-8.*\n.*bytes\n.*neither a file.*\n.*ENOENT.*\n.*absolute.*\n.*absolute/,
      );
      expect(listed(loaded, 'zq-a')).toHaveLength(1);
    });
  });
});

describe('a folder', () => {
  it('is read to the bottom, without links and hidden folders', async () => {
    await withDirectory(async (dir) => {
      const root = path.join(dir, 'feed');
      await write(path.join(root, 'npm', 'zq-a', 'MAL-1.json'), osv('zq-a'));
      const newest = await write(path.join(root, 'npm', '@zq', 'b', 'MAL-2.json'), osv('@zq/b'));
      await utimes(newest, LATER_MS / 1000, LATER_MS / 1000);
      await write(path.join(root, 'package.json'), { name: 'zq-tools' });
      await write(path.join(root, 'README.md'), 'no JSON');
      await write(path.join(root, '.git', 'x.json'), '{');
      await write(path.join(dir, 'outside', 'MAL-3.json'), osv('zq-outside'));
      await symlink(path.join(dir, 'outside'), path.join(root, 'linked'));
      await symlink(path.join(dir, 'outside', 'MAL-3.json'), path.join(root, 'MAL-3.json'));
      await symlink(root, path.join(root, 'npm', 'loop'));
      const loaded = await load([root]);
      expect(loaded.sources).toMatchObject([
        {
          feed: 'feed',
          kind: 'malicious',
          entries: 2,
          skipped: 1,
          fetchedAtMs: LATER_MS,
          ageSeconds: 0,
        },
      ]);
      expect(listed(loaded, '@zq/b')).toHaveLength(1);
      expect(listed(loaded, 'zq-outside')).toEqual([]);
    });
  });

  it('fails when it is empty, too deep, or holds a broken file', async () => {
    await withDirectory(async (dir) => {
      await mkdir(path.join(dir, 'empty'));
      await write(path.join(dir, 'deep', ...Array<string>(40).fill('d'), 'a.json'), osv('zq-a'));
      await write(path.join(dir, 'broken', 'a.json'), osv('zq-a'));
      await write(path.join(dir, 'broken', 'b.json'), '{"id":');
      const { failures, sources } = await load(
        ['empty', 'deep', 'broken'].map((name) => path.join(dir, name)),
      );
      expect(sources).toEqual([]);
      expect(failures).toHaveLength(3);
    });
  });

  it.skipIf(process.getuid?.() === 0)('fails when a part of it may not be read', async () => {
    await withDirectory(async (dir) => {
      await write(path.join(dir, 'a.json'), osv('zq-a'));
      await mkdir(path.join(dir, 'closed'));
      await chmod(path.join(dir, 'closed'), 0);
      expect((await load([dir])).failures).toMatchObject([{ reason: 'it cannot be read (EACCES)' }]);
      await chmod(path.join(dir, 'closed'), 0o700);
    });
  });
});

describe.skipIf(!hasEvalData)('the evaluation data (skipped: ../shared/eval is not here)', () => {
  it('is read whole', async () => {
    const manifest = path.join(EVAL, 'malicious-manifest.json');
    const loaded = await load([manifest, path.join(EVAL, 'hallucinated.tsv')]);
    expect(loaded.failures).toEqual([]);
    expect(loaded.sources).toMatchObject([
      { kind: 'malicious', entries: 1304, skipped: 0 },
      { kind: 'hallucination', entries: 382, skipped: 0 },
    ]);
    const versions = JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, string[] | null>;
    const missed = Object.entries(versions).filter(
      ([name, list]) => listed(loaded, name, list?.[0] ?? '1.0.0').length === 0,
    );
    expect(missed).toEqual([]);
  });
});
