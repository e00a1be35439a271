import { describe, expect, it } from 'vitest';
import type { Evidence, SignalCode } from '../../../src/model/signal.js';
import { signalTexts } from '../../../src/report/signal-texts.js';

const MISMATCH = { expected: 'registry.example', found: 'host.example' };
const SNAPSHOT = '2026-05-31';

describe('what a signal says to a person', () => {
  it.each<[SignalCode, Evidence, string]>([
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
      { feed: 'osv', id: null, versions: '1.0.0' },
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
    [
      'UNPUBLISHED',
      { version: null },
      'its owner took all versions back; anybody may register the name anew',
    ],
    ['UNPUBLISHED', { version: '1.0.0' }, 'the registry does not have version 1.0.0 (any more)'],
    [
      'RESOLVED_MISMATCH',
      { kind: 'package', ...MISMATCH },
      'the lockfile fetches another package under this name: host.example',
    ],
    [
      'RESOLVED_MISMATCH',
      { kind: 'version', expected: '1.0.0', found: '2.0.0' },
      'the lockfile fetches version 2.0.0 for version 1.0.0',
    ],
    [
      'RESOLVED_MISMATCH',
      { kind: 'host', ...MISMATCH },
      'the lockfile fetches it from host.example, not from registry.example',
    ],
    [
      'RESOLVED_MISMATCH',
      { kind: 'protocol', ...MISMATCH },
      'the lockfile fetches it without encryption (http)',
    ],
    ['EXOTIC_SOURCE', { source: 'git' }, 'comes from a git repository, past every registry'],
    ['EXOTIC_SOURCE', { source: 'anything' }, 'comes from elsewhere, past every registry'],
    [
      'ALIAS',
      { alias: 'widget', hidesEstablished: true },
      'installed under the name of the established package widget',
    ],
    ['ALIAS', { alias: 'widget', hidesEstablished: false }, 'installed under the name widget'],
    [
      'NOT_IN_SNAPSHOT',
      { registered: 'after', snapshotDate: SNAPSHOT },
      'registered after 2026-05-31, the date of the bundled names',
    ],
    [
      'NOT_IN_SNAPSHOT',
      { registered: 'unknown', snapshotDate: SNAPSHOT },
      'nobody used this name on 2026-05-31, the date of the bundled names',
    ],
    [
      'NOT_IN_SNAPSHOT',
      { registered: 'unknown', snapshotDate: null },
      'nobody used this name at the date of the bundled names',
    ],
    ['RECENTLY_CREATED', { ageDays: 1 }, 'first published 1 day ago'],
    ['FEW_RELEASES', { releases: 2 }, 'only 2 releases'],
    ['LOW_DOWNLOADS', { weeklyDownloads: 0 }, '0 downloads in the last week'],
    ['POPULAR_PACKAGE', { weeklyDownloads: 1_234_567 }, '1,234,567 downloads in the last week'],
    ['SHORT_DESCRIPTION', { characters: 0 }, 'has no description'],
    ['SHORT_DESCRIPTION', { characters: 1 }, 'description of 1 character'],
    ['OWN_REPOSITORY', { repository: null }, 'names a source repository'],
    [
      'OWN_REPOSITORY',
      { repository: 'https://git.example/x' },
      'names the source repository https://git.example/x',
    ],
    [
      'SCOPE_ESTABLISHED',
      { registry: 'https://registry.example/' },
      'its scope has a registry of its own: https://registry.example/',
    ],
    [
      'SCOPE_ESTABLISHED',
      { leader: '@a/b', packages: 1 },
      'only the owner of the scope can publish here, and @a/b is established',
    ],
    [
      'SCOPE_ESTABLISHED',
      { leader: '@a/b', packages: 3 },
      'only the owner of the scope can publish here, and @a/b is established as others of it are',
    ],
  ])('%s of %o', (code, evidence, text) => {
    expect(signalTexts[code](evidence)).toBe(text);
  });
});
