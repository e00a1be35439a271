import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createFeedStore } from '../../src/cache/feed-store.js';
import { TEST_KEY } from '../support/cache-keys.js';
import { readKeptFile, writeKeptFile } from '../support/kept-files.js';
import { writeProject } from '../support/projects.js';
import {
  ATTACKER,
  bucketFile,
  type CacheWorld,
  closeRegistries,
  contentFile,
  DAY_MS,
  entriesOf,
  filesBelow,
  OWN,
  openWorld,
  publishLie,
  rewriteIndex,
  SQUAT,
  startRegistry,
  verdictOf,
  writeEntry,
} from './cache-world.js';

afterEach(closeRegistries);

/** What a write into the cache has to be like that is not believed, and what the user is told of it. */
type Case = readonly [
  title: string,
  attack: (at: CacheWorld) => Promise<unknown> | unknown,
  told: RegExp | null,
];

const FORGED = /not sealed with this user's key/;
const NOBODY = 65_534;
const isRoot = process.geteuid?.() === 0;

/** The cache of a user whom the registry told the lie: all of it is sealed with the user's own key. */
async function believeTheLie(at: CacheWorld): Promise<void> {
  at.lie();
  await at.warm();
  at.tellTheTruth();
}

/** The same facts and verdicts as {@link believeTheLie}, written by somebody who has another key. */
async function forge(at: CacheWorld): Promise<void> {
  at.lie();
  await at.warm({ secret: ATTACKER });
  at.tellTheTruth();
}

function indexLine(store: string, name: string) {
  const found = entriesOf(store).find(({ key }) => key.endsWith(`:${name}`));
  if (found === undefined) throw new Error(`there is no entry of ${name}`);
  return found;
}

/** Puts other bytes in the place of a content, under their right digest. */
function replaceContent(at: CacheWorld, change: (text: string) => string): void {
  const line = indexLine(at.store, SQUAT);
  const text = change(readFileSync(contentFile(at.store, line.integrity), 'utf8'));
  const integrity = `sha512-${createHash('sha512').update(text).digest('base64')}`;
  const file = contentFile(at.store, integrity);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  writeEntry(at.store, { ...line, integrity });
}

/** Makes an old package of whatever is in a table. */
function aged(text: string): string {
  const lie = text.replace(
    new RegExp(`(?<=${SQUAT} \\d+ \\[[^[]*\\[)\\d+,\\d+`),
    '1577836800000,1577836800000',
  );
  if (lie === text) throw new Error('there is no squat in the table');
  return lie;
}

const keptFiles = (at: CacheWorld) => filesBelow(path.join(at.store, 'verdicts-v1'));

const FORGERY =
  /seal|with its digest|another name|another registry|under a fetch time|another project|format before/;

const CASES: readonly Case[] = [
  ['facts and verdicts that were sealed with another key', forge, FORGED],
  [
    'entries whose seal was taken away',
    async (at) => {
      await forge(at);
      rewriteIndex(at.store, ({ metadata: { seal: _, ...metadata }, ...line }) => ({ ...line, metadata }));
      for (const file of keptFiles(at)) {
        const sealed = readFileSync(file, 'utf8');
        writeFileSync(file, sealed.slice(sealed.indexOf('\n') + 1));
      }
    },
    FORGED,
  ],
  [
    'entries under a seal of the user that was made for others',
    async (at) => {
      await at.warm();
      const seals = new Map(entriesOf(at.store).map(({ key, metadata }) => [key, metadata['seal']]));
      rmSync(at.store, { recursive: true });
      await forge(at);
      rewriteIndex(at.store, (line) => ({
        ...line,
        metadata: { ...line.metadata, seal: seals.get(line.key) },
      }));
    },
    FORGED,
  ],
  [
    'a content that was rewritten where it lies',
    async (at) => {
      await at.warm();
      const file = contentFile(at.store, indexLine(at.store, SQUAT).integrity);
      chmodSync(file, 0o600);
      writeFileSync(file, aged(readFileSync(file, 'utf8')));
    },
    null,
  ],
  [
    'a content that was rewritten, with its digest',
    async (at) => {
      await at.warm();
      replaceContent(at, aged);
    },
    FORGED,
  ],
  [
    'an index file that was cut off',
    async (at) => {
      await at.warm();
      truncateSync(bucketFile(at.store, indexLine(at.store, SQUAT).key), 90);
    },
    null,
  ],
  [
    'a content that was cut off',
    async (at) => {
      await at.warm();
      truncateSync(contentFile(at.store, indexLine(at.store, SQUAT).integrity), 90);
    },
    null,
  ],
  [
    'the sealed facts of another name',
    async (at) => {
      await at.warm();
      const { key } = indexLine(at.store, SQUAT);
      writeEntry(at.store, { ...indexLine(at.store, OWN), key });
    },
    FORGED,
  ],
  [
    'what another registry said of the name, and the user has kept himself',
    async (at) => {
      const other = await startRegistry();
      publishLie(other);
      await at.check({ words: ['--registry', other.url] });
      const lie = indexLine(at.store, SQUAT);
      const file = contentFile(at.store, lie.integrity);
      const kept = readFileSync(file, 'utf8');
      rmSync(path.join(at.store, 'index-v5'), { recursive: true });
      await at.check();
      const { key } = indexLine(at.store, SQUAT);
      const serviceOf = (one: string): string => one.split(':')[3] ?? '';
      const text = kept.replace(serviceOf(lie.key), serviceOf(key));
      const integrity = `sha512-${createHash('sha512').update(text).digest('base64')}`;
      mkdirSync(path.dirname(contentFile(at.store, integrity)), { recursive: true });
      writeFileSync(contentFile(at.store, integrity), text);
      writeEntry(at.store, { ...lie, key, integrity });
    },
    FORGED,
  ],
  [
    'what the user kept long ago, under a fetch time of today',
    async (at) => {
      at.lie();
      const thenMs = Date.now() - 3 * DAY_MS;
      await at.check({ nowMs: thenMs });
      at.tellTheTruth();
      replaceContent(at, (text) => text.replaceAll(`${thenMs}`, `${Date.now()}`));
      rewriteIndex(at.store, (line) => ({
        ...line,
        metadata: { ...line.metadata, fetchedAtMs: Date.now() },
      }));
    },
    FORGED,
  ],
  [
    'what the user kept long ago, as it was',
    async (at) => {
      at.lie();
      await at.warm({ nowMs: Date.now() - 3 * DAY_MS });
      at.tellTheTruth();
    },
    null,
  ],
  [
    'what the user kept while the clock was a year ahead',
    async (at) => {
      at.lie();
      await at.warm({ nowMs: Date.now() + 365 * DAY_MS });
      at.tellTheTruth();
    },
    null,
  ],
  [
    'files that were last changed in the future',
    async (at) => {
      await at.warm();
      for (const file of filesBelow(at.store)) utimesSync(file, new Date(4e12), new Date(4e12));
    },
    null,
  ],
  [
    'a folder of the format before',
    async (at) => {
      await believeTheLie(at);
      renameSync(at.store, path.join(at.cacheDir, 'facts-v2'));
    },
    null,
  ],
  [
    'a store that others can write to',
    async (at) => {
      await believeTheLie(at);
      chmodSync(at.store, 0o777);
    },
    /Other users can write/,
  ],
  [
    'a store behind a link',
    async (at) => {
      await believeTheLie(at);
      renameSync(at.store, `${at.store}-elsewhere`);
      symlinkSync(`${at.store}-elsewhere`, at.store);
    },
    /is not a directory/,
  ],
  [
    'files behind links',
    async (at) => {
      await believeTheLie(at);
      const elsewhere = mkdtempSync(path.join(tmpdir(), 'zq-elsewhere-'));
      for (const [index, file] of filesBelow(at.store).entries()) {
        renameSync(file, path.join(elsewhere, `${index}`));
        symlinkSync(path.join(elsewhere, `${index}`), file);
      }
    },
    /ELOOP/,
  ],
  [
    'a verdict on another project',
    async (at) => {
      const other = writeProject({ 'package.json': { name: 'other', dependencies: { [OWN]: '*' } } });
      at.lie();
      await at.warm({ secret: ATTACKER });
      at.tellTheTruth();
      const [mine = ''] = keptFiles(at);
      rmSync(path.join(at.store, 'index-v5'), { recursive: true });
      await at.warm({ cwd: other });
      const [theirs = ''] = keptFiles(at).filter((file) => file !== mine);
      copyFileSync(theirs, mine);
    },
    null,
  ],
  ['a key that is open to others', withLie((at) => chmodSync(at.keyFile, 0o644)), /is open to other users/],
  [
    'a key behind a link',
    withLie((at) => {
      renameSync(at.keyFile, `${at.keyFile}-elsewhere`);
      symlinkSync(`${at.keyFile}-elsewhere`, at.keyFile);
    }),
    /is a link/,
  ],
  ['a key that was cut off', withLie((at) => truncateSync(at.keyFile, 16)), /is not 32 bytes long/],
  [
    'a key that is a folder',
    withLie((at) => {
      rmSync(at.keyFile);
      mkdirSync(at.keyFile, { mode: 0o700 });
    }),
    /is not a file/,
  ],
  [
    'a key that was replaced',
    withLie((at) => writeFileSync(at.keyFile, Buffer.alloc(32, 7), { mode: 0o600 })),
    FORGED,
  ],
  ['a key that is gone', withLie((at) => rmSync(at.keyFile)), FORGED],
];

function withLie(spoil: (at: CacheWorld) => void) {
  return async (at: CacheWorld): Promise<void> => {
    await believeTheLie(at);
    spoil(at);
  };
}

/** Whatever is in the cache: a check says what it says without one, now and the next time. */
async function expectTheTruth(at: CacheWorld, told: RegExp | null): Promise<void> {
  const quiet = verdictOf((await at.check({ words: ['--no-cache'] })).report);
  expect(quiet.status).toBe('blocked');
  const { report, said } = await at.check();
  expect(verdictOf(report)).toEqual(quiet);
  expect(said).toMatch(told ?? /^$/);
  expect(verdictOf((await at.check()).report)).toEqual(quiet);
}

/** What somebody would write to have a verdict that is none of the user's own runs. */
const FORGERIES = CASES.filter(([title]) => FORGERY.test(title));
const DAMAGES = CASES.filter(([title]) => !FORGERY.test(title));

describe('verdict forgery', () => {
  it.each(FORGERIES)(
    '%s: does not count, and a check says what it says without a cache',
    async (_, attack, told) => {
      const at = await openWorld();
      await attack(at);
      await expectTheTruth(at, told);
    },
  );
});

describe('cache', () => {
  it.each(DAMAGES)(
    '%s: does not count, and a check says what it says without a cache',
    async (_, attack, told) => {
      const at = await openWorld();
      await attack(at);
      await expectTheTruth(at, told);
    },
  );

  it.skipIf(!isRoot)(
    'a store of another user (only root can make one, skipped for others): does not count',
    async () => {
      const at = await openWorld();
      await believeTheLie(at);
      chownSync(at.store, NOBODY, NOBODY);
      await expectTheTruth(at, /belongs to another user/);
    },
  );

  it.skipIf(!isRoot)(
    'a key of another user (only root can make one, skipped for others): is not used',
    async () => {
      const at = await openWorld();
      await believeTheLie(at);
      chownSync(at.keyFile, NOBODY, NOBODY);
      await expectTheTruth(at, /belongs to another user/);
    },
  );

  it('a secret that could be guessed: is not used, and nothing is kept', async () => {
    const at = await openWorld();
    const { report, said } = await at.check({ secret: 'short' });
    expect(report.status).toBe('blocked');
    expect(said).toMatch(/has fewer than 32 characters/);
    expect(readdirSync(at.home)).not.toContain('.cache');
  });
});

describe('verdict forgery', () => {
  it('what the user’s own run has sealed: is believed, as long as nobody touches it', async () => {
    const at = await openWorld();
    await believeTheLie(at);
    expect((await at.check()).report.status).toBe('allowed');
  });

  it('a forgery by who can read the key, as all who run as the user: is believed, and not promised otherwise', async () => {
    const at = await openWorld();
    await at.check();
    rmSync(at.store, { recursive: true });
    await forge(at);
    expect((await at.check()).report.status).toBe('blocked');
    const stolen = readFileSync(at.keyFile);
    for (const file of keptFiles(at)) writeKeptFile(file, readKeptFile(file), stolen);
    expect((await at.check()).report.status).toBe('allowed');
  });
});

describe('verdict forgery', () => {
  it('entries that are not sealed with the user’s key: cache verify calls them forged, and removes them', async () => {
    const at = await openWorld();
    await at.check();
    rmSync(at.store, { recursive: true });
    await forge(at);
    const text = await at.cache('verify');
    expect(text).toMatch(/forged: phantom-guard:v3:packages:[0-9a-f]{16}:zq-squat-of-yesterday \(removed\)/);
    expect(text).toMatch(/forged: \S*verdicts-v1\S* \(removed\)/);
    expect(entriesOf(at.store)).toEqual([]);
    expect(keptFiles(at)).toEqual([]);
    expect((await at.check()).said).toBe('');
    expect(await at.cache('verify')).toContain(' 0 corrupt');
  });
});

describe('cache', () => {
  it('folders of earlier formats: cache clear takes them along, and leaves what is not marked as ours', async () => {
    const at = await openWorld();
    await at.warm();
    renameSync(at.store, path.join(at.cacheDir, 'facts-v2'));
    mkdirSync(path.join(at.cacheDir, 'facts-v1/tmp'), { recursive: true });
    await at.warm();
    await at.cache('clear');
    expect(readdirSync(at.cacheDir).toSorted()).toEqual(['facts-v1', 'facts-v3']);
    expect(readdirSync(at.store)).toEqual(['CACHEDIR.TAG']);
  });
});

describe('verdict forgery', () => {
  const [GOOD, BAD] = ['http://127.0.0.1:1/nothing-bad.json', 'http://127.0.0.1:1/bad.json'];
  const NOW_MS = Date.UTC(2026, 5, 1);

  async function twoFeeds() {
    const dir = mkdtempSync(path.join(tmpdir(), 'zq-feeds-'));
    const store = createFeedStore(dir, TEST_KEY);
    const stamp = { fetchedAtMs: NOW_MS, etag: null };
    await store.save(BAD, { ...stamp, text: 'lists the squat' }, 1);
    const [bad] = entriesOf(path.join(dir, 'facts-v3'));
    await store.save(GOOD, { ...stamp, text: 'lists nothing' }, 0);
    const good = entriesOf(path.join(dir, 'facts-v3')).find(({ key }) => key !== bad?.key);
    if (bad === undefined || good === undefined) throw new Error('a feed was not kept');
    return { store: path.join(dir, 'facts-v3'), dir, bad, good };
  }

  it('a kept feed in the place of another: is not taken for it', async () => {
    const { dir, store, bad, good } = await twoFeeds();
    writeEntry(store, { ...good, key: bad.key });
    const feeds = createFeedStore(dir, TEST_KEY);
    expect(await feeds.load(BAD, NOW_MS)).toBeNull();
    expect(feeds.problems()).toMatchObject([{ code: 'CACHE_FORGED' }]);
  });

  it('a kept feed with a later fetch time: is not as young as it says', async () => {
    const { dir, store, bad } = await twoFeeds();
    const laterMs = NOW_MS + 20 * DAY_MS;
    writeEntry(store, { ...bad, metadata: { ...bad.metadata, fetchedAtMs: laterMs } });
    expect(await createFeedStore(dir, TEST_KEY).load(BAD, laterMs)).toBeNull();
  });

  it('a forged feed that is to be renewed: is renewed by its owner only', async () => {
    const { dir, store, bad, good } = await twoFeeds();
    writeEntry(store, { ...good, key: bad.key });
    const feeds = createFeedStore(dir, TEST_KEY);
    await feeds.renew(BAD, { fetchedAtMs: NOW_MS + 1, etag: null });
    expect(await feeds.load(BAD, NOW_MS + 1)).toBeNull();
  });
});
