import type { FakeRegistryOptions } from '../support/fake-registry.js';
import { type Files, INTEGRITY, squat } from './attack-world.js';

/** One word of the payload, by which it is found again in a report. */
export const MARK = 'zqmark';

/** Everything at once that a terminal, a page, a comment or a log of a job could act on. */
export const PAYLOAD = [
  `${MARK}\u001b[2J\u001b]8;;http://attacker.invalid\u0007\u009b31m\u202e\u200b\u{e0041}\u007f\r`,
  '::error file=a::zqpwned',
  '  ::add-mask::zqpwned',
  '##[error]zqpwned',
  'zqpwned%0A::warning::zqpwned%0D%25',
  '# zqpwned',
  '<img src=x onerror=alert(1)><script>alert(1)</script></script><!-- --><a href="javascript:alert(1)">zqpwned</a>',
  '[zqpwned](https://attacker.invalid) ![x](https://attacker.invalid/x.png) @octocat #1 | a | `code` ``` </details>',
  '{0} $(id) `id` ";\' && id',
].join('\n');

/** A place where text of others stands, and a project that has it there. */
export type ForeignField = {
  readonly field: string;
  readonly files: Files;
  readonly served?: FakeRegistryOptions;
  /** Default: check. */
  readonly words?: readonly string[];
  readonly home?: Files;
  /** Some format of the report shows it; else it is in none of them. Default: it does. */
  readonly isHidden?: boolean;
};

/** The same in the length of a folder's name. */
const FOLDER = `${MARK}\u001b[2J\u202e\n::error::zqpwned\n##[error]zqpwned%0A::error::zqpwned <img src=x> [a](b)`;

const SQUAT = 'zq-squat';
const NAME_PART = PAYLOAD.replaceAll('/', '-');

function lock(entry: object, key = `node_modules/${SQUAT}`, dependencies: object = { [SQUAT]: '*' }): object {
  return {
    lockfileVersion: 3,
    packages: { '': { dependencies }, [key]: { version: '1.0.0', integrity: INTEGRITY, ...entry } },
  };
}

const [, SQUAT_DOCUMENT] = squat(SQUAT);
const SERVED: FakeRegistryOptions = { packages: { [SQUAT]: SQUAT_DOCUMENT } };

/** The squat as the registry describes it, with something of its own. */
function described(field: string, document: object, isHidden = false): ForeignField {
  return {
    field,
    files: { 'package-lock.json': lock({}) },
    served: { packages: { [SQUAT]: { ...SQUAT_DOCUMENT, ...document } } },
    isHidden,
  };
}

function manifestOfAll(member: object): object {
  const versions = Object.entries(SQUAT_DOCUMENT['versions'] as Record<string, object>);
  return {
    versions: Object.fromEntries(versions.map(([version, one]) => [version, { ...one, ...member }])),
    ...member,
  };
}

const EXCEPTION = {
  name: SQUAT,
  version: '^1.0.0',
  signals: ['NOT_IN_SNAPSHOT', 'RECENTLY_CREATED', 'FEW_RELEASES', 'NO_REPOSITORY'],
  reason: PAYLOAD,
};

export const FOREIGN_FIELDS: readonly ForeignField[] = [
  { field: 'the name of a package', files: { 'package-lock.json': lock({ name: NAME_PART }) } },
  { field: 'the name of a dependency', files: { 'package.json': { dependencies: { [NAME_PART]: '*' } } } },
  {
    field: 'the alias of a package',
    files: { 'package-lock.json': lock({ name: SQUAT }, `node_modules/${NAME_PART}`, {}) },
    served: SERVED,
  },
  {
    field: 'the version of a package',
    files: { 'package-lock.json': lock({ version: PAYLOAD }) },
    served: SERVED,
  },
  {
    field: 'the URL of a tarball',
    files: { 'package-lock.json': lock({ resolved: `https://attacker.invalid/${PAYLOAD}` }) },
    served: SERVED,
  },
  { field: 'the integrity', files: { 'package-lock.json': lock({ integrity: PAYLOAD }) }, served: SERVED },
  {
    field: 'the deprecation text of a lockfile',
    files: { 'package-lock.json': lock({ deprecated: PAYLOAD }) },
    served: SERVED,
  },
  {
    field: 'the URL of a git dependency',
    files: { 'package-lock.json': lock({ resolved: `git+ssh://git@attacker.invalid/${PAYLOAD}` }) },
    isHidden: true,
  },
  {
    field: 'the path of a linked folder',
    files: { 'package-lock.json': lock({ resolved: PAYLOAD, link: true }) },
    isHidden: true,
  },
  {
    field: 'the location of an entry',
    files: { 'package-lock.json': lock({}, `${PAYLOAD}/x`) },
    served: SERVED,
  },
  {
    field: 'the path of a workspace project',
    files: {
      'package.json': { workspaces: ['*'] },
      [`${FOLDER}/package.json`]: { name: 'w', dependencies: { [SQUAT]: '*' } },
    },
    served: SERVED,
  },
  {
    field: 'the spec of a dependency',
    files: { 'package.json': { dependencies: { [SQUAT]: PAYLOAD } } },
    served: SERVED,
    isHidden: true,
  },
  described('the deprecation text of a registry', manifestOfAll({ deprecated: PAYLOAD })),
  described('the description', manifestOfAll({ description: PAYLOAD }), true),
  described('the license', manifestOfAll({ license: PAYLOAD }), true),
  described(
    'the repository',
    manifestOfAll({ repository: { type: 'git', url: `https://github.com/${PAYLOAD}` } }),
    true,
  ),
  described('a maintainer', manifestOfAll({ maintainers: [{ name: PAYLOAD, email: PAYLOAD }] }), true),
  described(
    'an install script',
    manifestOfAll({ scripts: { postinstall: PAYLOAD }, hasInstallScript: true }),
    true,
  ),
  described('a dist-tag', { 'dist-tags': { latest: '1.0.0', [PAYLOAD]: '1.0.0' } }, true),
  {
    field: 'the error text of a registry',
    files: { 'package-lock.json': lock({}) },
    served: {
      faults: {
        [SQUAT]: [{ kind: 'status', status: 403, body: JSON.stringify({ error: PAYLOAD }), times: 'always' }],
      },
    },
    isHidden: true,
  },
  {
    field: 'another name in the document of a registry',
    files: { 'package-lock.json': lock({}) },
    served: {
      packages: { [SQUAT]: SQUAT_DOCUMENT },
      faults: { [SQUAT]: [{ kind: 'wrong-name', name: PAYLOAD, times: 'always' }] },
    },
    isHidden: true,
  },
  {
    field: 'the reason of an exception',
    files: { 'package-lock.json': lock({}), 'phantom-guard.config.json': { exceptions: [EXCEPTION] } },
    served: SERVED,
  },
  {
    field: 'the author of an exception',
    files: {
      'package-lock.json': lock({}),
      'phantom-guard.config.json': { exceptions: [{ ...EXCEPTION, reason: 'r', author: PAYLOAD }] },
    },
    served: SERVED,
    isHidden: true,
  },
  {
    field: 'a wrong value of the configuration',
    files: { 'package-lock.json': lock({}), 'phantom-guard.config.json': { failOn: PAYLOAD } },
  },
  {
    field: 'a wrong key of the configuration',
    files: { 'package-lock.json': lock({}), 'phantom-guard.config.json': { [PAYLOAD]: 1 } },
  },
  {
    field: 'the name of a feed',
    files: {
      'package-lock.json': lock({}),
      'phantom-guard.config.json': { feeds: [`${NAME_PART.replaceAll('\r', '')}.json`] },
    },
    served: SERVED,
  },
  {
    field: 'the words of a feed',
    files: {
      'package-lock.json': lock({}),
      'phantom-guard.config.json': { feeds: ['bad.json'] },
      'bad.json': {
        id: `MAL-${PAYLOAD}`,
        summary: PAYLOAD,
        modified: '2026-01-01T00:00:00Z',
        affected: [{ package: { ecosystem: 'npm', name: SQUAT }, versions: ['1.0.0'] }],
      },
    },
    served: SERVED,
  },
  {
    field: 'a key that is there twice',
    files: {
      'package-lock.json': `{${JSON.stringify(PAYLOAD)}:1,${JSON.stringify(PAYLOAD)}:2,"lockfileVersion":3,"packages":{}}`,
    },
  },
  { field: 'the lockfileVersion', files: { 'package-lock.json': { lockfileVersion: PAYLOAD } } },
  {
    field: 'the package manager',
    files: { 'package.json': { packageManager: `${NAME_PART.replaceAll('@', '')}@1` } },
  },
  {
    field: 'the registry of a .npmrc',
    files: {
      'package-lock.json': lock({}),
      '.npmrc': `registry=${PAYLOAD.replaceAll('\n', ' ').replaceAll('\r', ' ')}\n`,
    },
    isHidden: true,
  },
  { field: 'a spec on the command line', files: {}, words: ['validate', PAYLOAD] },
  { field: 'a path on the command line', files: {}, words: ['check', FOLDER] },
  {
    field: 'a git ref on the command line',
    files: { 'package.json': {} },
    words: ['check', '--since', PAYLOAD],
    isHidden: true,
  },
  {
    field: 'a configuration on the command line',
    files: { 'package.json': {} },
    words: ['check', '--config', FOLDER],
  },
  { field: 'an option on the command line', files: { 'package.json': {} }, words: ['check', `--${PAYLOAD}`] },
];
