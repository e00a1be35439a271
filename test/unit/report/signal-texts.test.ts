import { describe, expect, it } from 'vitest';
import type { Evidence, SignalCode } from '../../../src/model/signal.js';
import { signalTexts } from '../../../src/report/signal-texts.js';

const CASES: readonly (readonly [SignalCode, Evidence, string])[] = [
  [
    'PHANTOM_OPTIONAL',
    { peer: true },
    'it is a peer dependency, so installs succeed until somebody takes the name',
  ],
  [
    'PHANTOM_OPTIONAL',
    { peer: false },
    'it is an optional dependency, so installs succeed until somebody takes the name',
  ],
  [
    'KNOWN_MALICIOUS',
    { feed: 'osv', id: 'MAL-1', versions: 'all' },
    'the package is listed as malicious by osv (MAL-1)',
  ],
  [
    'KNOWN_MALICIOUS',
    { feed: 'osv', id: null, versions: 'some' },
    'this version is listed as malicious by osv',
  ],
  [
    'SECURITY_HOLD',
    { placeholder: null },
    'the registry withholds it for legal or security reasons (status 451)',
  ],
  [
    'SECURITY_HOLD',
    { placeholder: '0.0.1-security' },
    'npm removed the package and holds the name with an empty placeholder (0.0.1-security)',
  ],
  ['UNPUBLISHED', { version: null }, 'its owner took all versions back; anybody may register the name anew'],
  ['UNPUBLISHED', { version: '1.0.0' }, 'the registry does not have version 1.0.0 (any more)'],
  [
    'RESOLVED_MISMATCH',
    { kind: 'package', expected: 'a', found: 'b' },
    'the lockfile fetches another package under this name: b',
  ],
  [
    'RESOLVED_MISMATCH',
    { kind: 'version', expected: '1.0.0', found: '2.0.0' },
    'the lockfile fetches version 2.0.0 for version 1.0.0',
  ],
  [
    'RESOLVED_MISMATCH',
    { kind: 'host', expected: 'a.test', found: 'b.test' },
    'the lockfile fetches it from b.test, not from a.test',
  ],
  [
    'RESOLVED_MISMATCH',
    { kind: 'http', expected: 'https', found: 'http' },
    'the lockfile fetches it without encryption (http)',
  ],
  ['EXOTIC_SOURCE', { source: 'git' }, 'comes from a git repository, past every registry'],
  ['EXOTIC_SOURCE', { source: 'new kind' }, 'comes from elsewhere, past every registry'],
  [
    'ALIAS',
    { alias: 'react', hidesEstablished: true },
    'installed under the name of the established package react',
  ],
  ['ALIAS', { alias: 'mine', hidesEstablished: false }, 'installed under the name mine'],
  [
    'NOT_IN_SNAPSHOT',
    { registered: 'after', snapshotDate: '2026-03-01' },
    'registered after 2026-03-01, the date of the bundled names',
  ],
  [
    'NOT_IN_SNAPSHOT',
    { registered: 'unknown', snapshotDate: '2026-03-01' },
    'nobody used this name on 2026-03-01, the date of the bundled names',
  ],
  [
    'NOT_IN_SNAPSHOT',
    { registered: 'unknown', snapshotDate: null },
    'nobody used this name at the date of the bundled names',
  ],
  ['RECENTLY_CREATED', { ageDays: 1 }, 'first published 1 day ago'],
  ['LOW_DOWNLOADS', { weeklyDownloads: 1200 }, '1,200 downloads in the last week'],
  ['SHORT_DESCRIPTION', { characters: 0 }, 'has no description'],
  ['SHORT_DESCRIPTION', { characters: 3 }, 'description of 3 characters'],
  ['OWN_REPOSITORY', { repository: null }, 'names a source repository'],
  ['OWN_REPOSITORY', { repository: 'https://git.test/x' }, 'names the source repository https://git.test/x'],
  [
    'SCOPE_ESTABLISHED',
    { registry: 'https://npm.test/' },
    'its scope has a registry of its own: https://npm.test/',
  ],
  [
    'SCOPE_ESTABLISHED',
    { leader: '@zq/core', packages: 1 },
    'only the owner of the scope can publish here, and @zq/core is established',
  ],
  [
    'SCOPE_ESTABLISHED',
    { leader: '@zq/core', packages: 4 },
    'only the owner of the scope can publish here, and @zq/core is established as others of it are',
  ],
];

describe('what a signal says', () => {
  it.each(CASES)('%s of %j', (code, evidence, text) => {
    expect(signalTexts[code](evidence)).toBe(text);
  });
});
