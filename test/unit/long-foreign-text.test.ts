import { describe, expect, it } from 'vitest';
import { repositoryOwner } from '../../src/context/repository-owner.js';
import { successorOf } from '../../src/context/successor.js';
import { createFeedIndex } from '../../src/feeds/feed-index.js';
import { plainVersion } from '../../src/feeds/feed-version.js';
import { askedSource, asksRegistry } from '../../src/lockfile/parse-spec.js';
import { parsePackageName } from '../../src/model/package-name.js';
import { withoutSecrets } from '../../src/model/secrets.js';
import { parseTarballUrl } from '../../src/model/tarball-url.js';
import { sanitize } from '../../src/report/sanitize.js';
import { pinsOnly } from '../../src/signals/integrity.js';
import { named } from '../support/fake-settings.js';
import { NOTHING_KNOWN, parsed } from './feeds/support.js';

const LENGTH = 100_000;
const PARTS = [
  'a',
  '-',
  '/',
  '/-/',
  '@',
  '@/',
  '@a/',
  '.',
  '..',
  ':',
  '://',
  'a@',
  '?',
  '#',
  '%2f',
  '%',
  ' ',
  '1.',
  '1-',
  '||',
  '^1 ',
  '.tgz',
  '/download/',
  '/tree/',
  'git+',
  '.git#',
  'sha512-',
  'sha1-a= ',
  'use ',
  'use @a/',
  '(',
  '\u200b',
  '\n',
];
const texts = PARTS.flatMap((part) => {
  const body = part.repeat(LENGTH / part.length);
  return [body, `https://host/${body}`, `git@host:${body}\n`, `${body}!`];
});
const feed = await parsed({ 'zq-some': ['1.0.0', '2.0.0'] });
const index = createFeedIndex([{ label: 'f', kind: 'malicious', feed }]);
const NOBODY = () => null;

describe('100,000 characters of foreign text take no time', () => {
  it.each<[string, (text: string) => unknown]>([
    ['as the address of a repository', (text) => repositoryOwner('zq', text, NOBODY)],
    ['as a deprecation notice', (text) => successorOf('zq', text.slice(0, 500), NOBODY)],
    ['as a version', (text) => index.matchesOf(named('zq-some'), text, NOTHING_KNOWN)],
    ['as a spec', (text) => index.matchesOf(named('zq-some'), null, { ...NOTHING_KNOWN, spec: text })],
    ['as a version of a feed', plainVersion],
    ['as a dependency line', (text) => [asksRegistry(text), askedSource('zq', text, new Map())]],
    ['as a name', parsePackageName],
    ['as the URL of a tarball', parseTarballUrl],
    ['as a text with secrets', withoutSecrets],
    ['on a terminal', sanitize],
    ['as an integrity', (text) => pinsOnly(text, text)],
  ])(
    '%s',
    (_, read) => {
      const startedMs = performance.now();
      for (const text of texts) read(text);
      expect(performance.now() - startedMs).toBeLessThan(5_000);
    },
    60_000,
  );
});
