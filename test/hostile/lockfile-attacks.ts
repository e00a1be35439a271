import { type Attack, INTEGRITY } from './attack-world.js';

const ONE = 'zq-one';
const OTHER = 'zq-other';
const GONE = 'zq-invented';
const HASH = (letter: string) => `sha512-${letter.repeat(86)}==`;
const NOT_FOUND = { risk: 'not-found', action: 'block' } as const;
const BLOCKED = { risk: 'high-risk', action: 'block' } as const;

type Entry = Readonly<Record<string, unknown>>;
type Packages = Readonly<Record<string, Entry>>;

function lock(packages: Packages, dependencies: object = { [ONE]: '*' }, more: object = {}): object {
  return {
    name: 'p',
    version: '1.0.0',
    lockfileVersion: 3,
    requires: true,
    packages: { '': { dependencies }, ...packages },
    ...more,
  };
}

function locked(entry: Entry = {}): Entry {
  return { version: '1.0.0', integrity: INTEGRITY, ...entry };
}

/** A project whose one entry has this URL, below the registry where it starts with a slash. */
function resolved(
  attack: string,
  must: string,
  url: string,
  expected: Attack['expected'],
  more: Partial<Attack> = {},
): Attack {
  return {
    attack: `resolved: ${attack}`,
    must,
    files: ({ registry, host }) => ({
      'package-lock.json': lock({
        [`node_modules/${ONE}`]: locked({
          resolved: url.startsWith('/') ? `${registry.slice(0, -1)}${url}` : url.replace('HOST', host),
        }),
      }),
    }),
    healthy: [ONE],
    words: ['--all'],
    expected,
    ...more,
  };
}

const MISMATCH = ['RESOLVED_MISMATCH'];
const ANOTHER: Attack['expected'] = {
  status: 1,
  packages: [{ name: ONE, ...BLOCKED }, { name: OTHER }],
  signals: MISMATCH,
};
const BLOCKED_ONE: Attack['expected'] = {
  status: 1,
  packages: [{ name: ONE, ...BLOCKED }],
  signals: MISMATCH,
};
const TOLD: Attack['expected'] = { status: 0, packages: [{ name: ONE }], signals: MISMATCH };
const OWN = `/${ONE}/-/${ONE}-1.0.0.tgz`;
const BOTH = { healthy: [ONE, OTHER] };

const RESOLVED: readonly Attack[] = [
  resolved(
    'the tarball of another package',
    'is blocked, and the other name is judged too',
    `/${OTHER}/-/${OTHER}-1.0.0.tgz`,
    ANOTHER,
    BOTH,
  ),
  resolved(
    'the tarball of an invented package',
    'is blocked, and so is the other name',
    `/${GONE}/-/${GONE}-1.0.0.tgz`,
    {
      status: 1,
      packages: [
        { name: GONE, ...NOT_FOUND },
        { name: ONE, ...BLOCKED },
      ],
    },
    { absent: [GONE] },
  ),
  resolved(
    'the tarball of a package in a scope of the same name',
    'is blocked, and the other name is judged too',
    `/@zq/one/-/one-1.0.0.tgz`,
    {
      status: 1,
      packages: [{ name: '@zq/one' }, { name: ONE, ...BLOCKED }],
    },
    { healthy: [ONE, '@zq/one'] },
  ),
  resolved('the tarball of another version', 'is blocked', `/${ONE}/-/${ONE}-1.1.0.tgz`, BLOCKED_ONE),
  resolved(
    'the tarball of a version that only starts the same',
    'is blocked',
    `/${ONE}/-/${ONE}-1.0.0-evil.tgz`,
    BLOCKED_ONE,
  ),
  resolved('another host', 'is told', `https://attacker.invalid${OWN}`, TOLD),
  resolved('another port', 'is told', `http://127.0.0.1:9${OWN}`, TOLD),
  resolved('plain http to another host', 'is told', `http://attacker.invalid${OWN}`, TOLD),
  resolved(
    'another host behind the name of the registry as a user',
    'is told',
    `https://HOST@attacker.invalid${OWN}`,
    TOLD,
  ),
  resolved('another host that ends like the registry', 'is told', `https://attacker-HOST${OWN}`, TOLD),
  resolved(
    'another host with the registry in its query',
    'is told, and listed as no tarball of a registry',
    `https://attacker.invalid/?https://HOST${OWN}`,
    {
      ...TOLD,
      unchecked: ['resolved is no tarball of this name in a registry'],
    },
  ),
  resolved(
    'another host with the registry in its fragment',
    'is told, and listed as no tarball of a registry',
    `https://attacker.invalid/#https://HOST${OWN}`,
    {
      ...TOLD,
      unchecked: ['resolved is no tarball of this name in a registry'],
    },
  ),
  resolved(
    'the tarball of another package with the right one in its fragment',
    'is blocked, and the other name is judged too',
    `/${OTHER}/-/${OTHER}-1.0.0.tgz#${OWN}`,
    ANOTHER,
    BOTH,
  ),
  resolved(
    'a path upwards to another package',
    'is blocked, and the other name is judged too',
    `/${ONE}/-/../../${OTHER}/-/${OTHER}-1.0.0.tgz`,
    ANOTHER,
    BOTH,
  ),
  resolved(
    'an encoded path upwards',
    'is blocked, and the other name is judged too',
    `/${ONE}/-/%2e%2e/%2e%2e/${OTHER}/-/${OTHER}-1.0.0.tgz`,
    ANOTHER,
    BOTH,
  ),
  resolved(
    'a path upwards with an encoded slash',
    'is blocked, and the other name is judged too',
    `/${ONE}/-/..%2f..%2f${OTHER}/-/${OTHER}-1.0.0.tgz`,
    ANOTHER,
    BOTH,
  ),
  resolved(
    'a path upwards with backslashes',
    'is blocked, and the other name is judged too',
    `/${ONE}/-/..\\..\\${OTHER}/-/${OTHER}-1.0.0.tgz`,
    ANOTHER,
    BOTH,
  ),
  resolved(
    'another name with encoded letters',
    'is blocked, and the other name is judged too',
    `/zq%2dother/-/zq%2dother-1.0.0.tgz`,
    ANOTHER,
    BOTH,
  ),
  resolved(
    'a file of the registry that is no tarball',
    'is listed as no tarball of a registry',
    `/-/evil.bin`,
    {
      status: 0,
      packages: [{ name: ONE }],
      unchecked: ['resolved is no tarball of this name in a registry'],
    },
  ),
  resolved(
    'a path on the disk',
    'is listed as a local file',
    'file:../../evil.tgz',
    { status: 0, unchecked: ['local file'] },
    { healthy: [], absent: [] },
  ),
  resolved(
    'data: as the protocol',
    'is listed as not checked',
    'data:application/gzip;base64,AAAA',
    { status: 0, unchecked: ['no registry is asked about it'] },
    { healthy: [] },
  ),
  resolved(
    'git, where a range asks for it',
    'is told as an exotic source',
    'git+ssh://git@attacker.invalid/zq.git#aaaa',
    {
      status: 0,
      packages: [{ source: 'git', action: 'warn' }],
      signals: ['EXOTIC_SOURCE'],
      unchecked: ['git source'],
    },
    { healthy: [] },
  ),
  resolved('a text that is no URL', 'is listed as not checked', 'https://', {
    status: 0,
    unchecked: ['no tarball of this name'],
  }),
  resolved(
    'a URL of a million characters',
    'is read in the time of a check',
    `/${ONE}/-/${'a'.repeat(1_000_000)}.tgz`,
    { status: 0, packages: [{ name: ONE }] },
  ),
  {
    attack: 'resolved: plain http to a registry that speaks https',
    must: 'is told, and no registry is asked about an established name',
    files: {
      'package-lock.json': lock(
        {
          'node_modules/express': locked({
            version: '4.18.2',
            resolved: 'http://registry.npmjs.org/express/-/express-4.18.2.tgz',
          }),
        },
        { express: '*' },
      ),
    },
    words: ['--all', '--registry', 'https://registry.npmjs.org/'],
    expected: { status: 0, packages: [{ name: 'express', version: '4.18.2' }], signals: MISMATCH, asked: [] },
  },
  {
    attack: 'resolved: another host for an established name',
    must: 'is a warning, though the name is beyond doubt',
    files: {
      'package-lock.json': lock(
        {
          'node_modules/express': locked({
            version: '4.18.2',
            resolved: 'https://attacker.invalid/express/-/express-4.18.2.tgz',
          }),
        },
        { express: '*' },
      ),
    },
    expected: {
      status: 0,
      packages: [{ name: 'express', risk: 'suspicious', action: 'warn' }],
      signals: MISMATCH,
      asked: [],
    },
  },
];

/** A healthy package that is published with the hash of letters B. */
const PUBLISHED = {
  name: ONE,
  versions: {
    '1.0.0': {
      name: ONE,
      version: '1.0.0',
      dist: { integrity: HASH('B'), tarball: 'https://tarballs.example.test/x.tgz' },
    },
  },
  time: { created: '2020-01-01T00:00:00.000Z', '1.0.0': '2020-01-01T00:00:00.000Z' },
  'dist-tags': { latest: '1.0.0' },
  description: 'What zq-one does, said in one sentence',
  maintainers: [{ name: 'someone' }],
  repository: { type: 'git', url: 'git+https://git.example.test/zq-one.git' },
};

function integrity(attack: string, must: string, value: unknown, expected: Attack['expected']): Attack {
  return {
    attack: `integrity: ${attack}`,
    must,
    files: { 'package-lock.json': lock({ [`node_modules/${ONE}`]: { version: '1.0.0', integrity: value } }) },
    served: { packages: { [ONE]: PUBLISHED } },
    words: ['--all'],
    expected: { packages: [{ name: ONE }], ...expected },
  };
}

const WRONG: Attack['expected'] = {
  status: 1,
  packages: [{ name: ONE, ...BLOCKED }],
  signals: ['INTEGRITY_MISMATCH'],
};

const INTEGRITIES: readonly Attack[] = [
  integrity('the right one', 'is compared, and nothing is said', HASH('B'), { status: 0 }),
  integrity('none', 'is told', undefined, { status: 0, signals: ['INTEGRITY_MISSING'] }),
  integrity('null', 'is told as missing', null, { status: 0, signals: ['INTEGRITY_MISSING'] }),
  integrity('empty', 'is told as missing', '', { status: 0, signals: ['INTEGRITY_MISSING'] }),
  integrity('sha1 alone', 'is told as weak', 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=', {
    status: 0,
    signals: ['INTEGRITY_WEAK'],
  }),
  integrity('md5 alone', 'is told as weak', 'md5-1B2M2Y8AsgTpgAmY7PhCfg==', {
    status: 0,
    signals: ['INTEGRITY_WEAK'],
  }),
  integrity('a wrong one', 'is blocked', HASH('C'), WRONG),
  integrity(
    'the right one and a wrong one of the same strength',
    'is blocked, since a manager takes either',
    `${HASH('B')} ${HASH('C')}`,
    WRONG,
  ),
  integrity(
    'a wrong one first and the right one after it',
    'is blocked, since a manager takes either',
    `${HASH('C')} ${HASH('B')}`,
    WRONG,
  ),
  integrity(
    'the right one and a weak one',
    'is compared by the strongest',
    `sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk= ${HASH('B')}`,
    { status: 0 },
  ),
  integrity('a wrong one with options', 'is blocked', `${HASH('C')}?evil`, WRONG),
  integrity('an algorithm that nobody knows', 'is told as missing', 'sha3-AAAA', {
    status: 0,
    signals: ['INTEGRITY_MISSING'],
  }),
  integrity('an algorithm in upper case', 'is told as missing', HASH('B').toUpperCase(), {
    status: 0,
    signals: ['INTEGRITY_MISSING'],
  }),
  integrity('an algorithm without a digest', 'is told as missing', 'sha512-', {
    status: 0,
    signals: ['INTEGRITY_MISSING'],
  }),
  integrity('a digest with other characters', 'is told as missing', 'sha512-<script>', {
    status: 0,
    signals: ['INTEGRITY_MISSING'],
  }),
  integrity('a digest that was cut off', 'is blocked as another one', 'sha512-BBBB', WRONG),
  integrity(
    '100,000 hashes',
    'is blocked in the time of a check',
    Array.from({ length: 100_000 }, () => HASH('C')).join(' '),
    WRONG,
  ),
  {
    ...integrity('a number', 'is an error about the lockfile', 5, {
      status: 2,
      error: 'LOCKFILE_UNREADABLE',
      packages: [],
    }),
    served: {},
  },
  {
    attack: 'integrity: a wrong one for an established name, with --verify-integrity',
    must: 'is blocked',
    files: {
      'package-lock.json': lock(
        { 'node_modules/express': locked({ version: '1.0.0', integrity: HASH('C') }) },
        { express: '*' },
      ),
    },
    served: {
      packages: {
        express: {
          ...PUBLISHED,
          name: 'express',
          versions: { '1.0.0': { ...PUBLISHED.versions['1.0.0'], name: 'express' } },
        },
      },
    },
    words: ['--verify-integrity'],
    expected: { status: 1, packages: [{ name: 'express', ...BLOCKED }], signals: ['INTEGRITY_MISMATCH'] },
  },
];

/** The key of an entry beside a healthy one; npm makes a path of it. */
function location(
  attack: string,
  must: string,
  key: string,
  expected: Attack['expected'],
  more: Partial<Attack> = {},
): Attack {
  return {
    attack: `location: ${attack}`,
    must,
    files: { 'package-lock.json': lock({ [`node_modules/${ONE}`]: locked(), [key]: locked() }) },
    healthy: [ONE],
    expected,
    ...more,
  };
}

const UNNAMED: Attack['expected'] = {
  status: 2,
  error: 'NAME_INVALID',
  packages: [{ risk: 'unknown', action: 'block' }],
};
const JUDGED: Attack['expected'] = { status: 1, packages: [{ name: GONE, ...NOT_FOUND }] };
const ASKED = { absent: [GONE] };

const LOCATIONS: readonly Attack[] = [
  location('a path out of node_modules', 'is undecided', `node_modules/../../${GONE}`, UNNAMED),
  location(
    'a path out of a package',
    'is undecided, since npm installs it beside',
    `node_modules/${ONE}/../${GONE}`,
    UNNAMED,
  ),
  location('two slashes', 'is undecided, since npm reads them as one', `node_modules//${GONE}`, UNNAMED),
  location('a slash at the end', 'is undecided, since npm reads none', `node_modules/${GONE}/`, UNNAMED),
  location('a dot before node_modules', 'is judged by its name', `./node_modules/${GONE}`, JUDGED, ASKED),
  location(
    'a path through another folder',
    'is judged by its name',
    `vendor/../node_modules/${GONE}`,
    JUDGED,
    ASKED,
  ),
  location(
    'node_modules above the project',
    'is judged by its name',
    `../node_modules/${GONE}`,
    JUDGED,
    ASKED,
  ),
  location('an absolute path', 'is judged by its name', `/etc/node_modules/${GONE}`, JUDGED, ASKED),
  location(
    'backslashes',
    'is judged by its name, as npm would read it on Windows',
    `node_modules\\${GONE}`,
    JUDGED,
    ASKED,
  ),
  location(
    'below a package that is not there',
    'is judged by its name',
    `node_modules/zq-gone/node_modules/${GONE}`,
    JUDGED,
    ASKED,
  ),
  location('a hidden folder', 'is undecided', 'node_modules/.zq/zq', UNNAMED),
  location(
    'a folder that nothing links to',
    'is listed as not checked, and npm does not install it',
    'vendor/zq-folder',
    {
      status: 0,
      packages: [],
      unchecked: ['link to a local folder'],
    },
  ),
  location(
    'of 5,000 characters',
    'is an error about the lockfile',
    `node_modules/${'z'.repeat(5_000)}`,
    { status: 2, error: 'LOCKFILE_UNREADABLE' },
    { healthy: [] },
  ),
  location('__proto__ at the top', 'is undecided', 'node_modules/__proto__', UNNAMED),
  {
    attack: 'location: the same place in two spellings, the second with other bytes',
    must: 'both are judged',
    files: ({ registry }) => ({
      'package-lock.json': lock({
        [`node_modules/${ONE}`]: locked(),
        [`./node_modules/${ONE}`]: locked({ resolved: `${registry}${OTHER}/-/${OTHER}-1.0.0.tgz` }),
      }),
    }),
    ...BOTH,
    expected: { status: 1, packages: [{ name: ONE, ...BLOCKED }], signals: MISMATCH },
  },
];

function npmLock(
  attack: string,
  must: string,
  lockfile: object,
  expected: Attack['expected'],
  more: Partial<Attack> = {},
): Attack {
  return { attack, must, files: { 'package-lock.json': lockfile }, expected, ...more };
}

const NOBODYS: Attack['expected'] = {
  status: 1,
  packages: [{ name: GONE, ...NOT_FOUND }],
  asked: [`/${GONE}`],
};

const ENTRIES: readonly Attack[] = [
  npmLock(
    'an alias whose entry is another package than the manifest asks for',
    'both names are judged',
    lock({ 'node_modules/lodash': locked({ name: GONE }) }, { lodash: `npm:${ONE}@1` }),
    {
      status: 1,
      packages: [{ name: GONE, alias: 'lodash', ...NOT_FOUND }],
      asked: [`/${GONE}`, `/${ONE}`],
    },
    { healthy: [ONE], absent: [GONE] },
  ),
  npmLock(
    'an alias that the manifest does not know',
    'is judged by the name of the entry',
    lock({ 'node_modules/lodash': locked({ name: GONE }) }, { lodash: '*' }),
    {
      status: 1,
      packages: [{ name: GONE, alias: 'lodash', ...NOT_FOUND }],
      signals: ['NOT_FOUND', 'ALIAS'],
    },
    { absent: [GONE] },
  ),
  npmLock(
    'an entry that nothing asks for',
    'is judged',
    lock({ [`node_modules/${GONE}`]: locked() }, {}),
    NOBODYS,
    ASKED,
  ),
  npmLock(
    'an entry that calls itself extraneous',
    'is judged',
    lock({ [`node_modules/${GONE}`]: locked({ extraneous: true }) }, {}),
    NOBODYS,
    ASKED,
  ),
  npmLock(
    'an entry for another platform',
    'is judged',
    lock({ [`node_modules/${GONE}`]: locked({ os: ['none'], optional: true }) }),
    { status: 1, packages: [{ name: GONE, ...NOT_FOUND }] },
    { absent: [GONE], healthy: [ONE] },
  ),
  npmLock(
    'an entry for development',
    'is judged',
    lock({ [`node_modules/${GONE}`]: locked({ dev: true }) }, {}),
    NOBODYS,
    ASKED,
  ),
  npmLock(
    'an entry that calls itself a peer',
    'is judged',
    lock({ [`node_modules/${GONE}`]: locked({ peer: true }) }, {}),
    NOBODYS,
    ASKED,
  ),
  npmLock(
    'an entry that calls itself bundled',
    'is judged, since no package above brings it',
    lock({ [`node_modules/${GONE}`]: locked({ inBundle: true }) }, {}),
    NOBODYS,
    ASKED,
  ),
  npmLock(
    'an entry that is both link and tarball',
    'is listed as a link, as npm takes it',
    lock(
      { [`node_modules/${GONE}`]: locked({ link: true, resolved: 'https://attacker.invalid/x.tgz' }) },
      {},
    ),
    {
      status: 0,
      unchecked: ['link to a local folder'],
      asked: [],
    },
  ),
  npmLock(
    'a link out of the project',
    'is listed as not checked',
    lock({ 'node_modules/zq': { link: true, resolved: '../../etc' } }, { zq: '*' }),
    { status: 0, packages: [], unchecked: ['link to a local folder'], asked: [] },
  ),
  npmLock(
    'a link to itself',
    'ends',
    lock({ 'node_modules/zq': { link: true, resolved: 'node_modules/zq' } }, { zq: 'file:zq' }),
    { status: 0, unchecked: ['link to a local folder'] },
  ),
  npmLock(
    'a link to the project itself',
    'ends',
    lock({ 'node_modules/zq': { link: true, resolved: '' } }, { zq: 'file:.' }),
    { status: 0, unchecked: ['link to a local folder'] },
  ),
  npmLock(
    'a dependency that the lockfile leaves out',
    'is judged',
    lock({ [`node_modules/${ONE}`]: locked({ dependencies: { [GONE]: '*' } }) }),
    { status: 1, packages: [{ name: GONE, ...NOT_FOUND }] },
    { healthy: [ONE], absent: [GONE] },
  ),
  npmLock(
    'an optional peer that the lockfile leaves out and nobody owns',
    'is blocked',
    lock({
      [`node_modules/${ONE}`]: locked({
        peerDependencies: { [GONE]: '*' },
        peerDependenciesMeta: { [GONE]: { optional: true } },
      }),
    }),
    { status: 1, packages: [{ name: GONE, ...NOT_FOUND }] },
    { healthy: [ONE], absent: [GONE] },
  ),
  npmLock(
    'two packages that ask for each other',
    'are judged once each',
    lock({
      [`node_modules/${ONE}`]: locked({ dependencies: { [OTHER]: '*' } }),
      [`node_modules/${OTHER}`]: locked({ dependencies: { [ONE]: '*' } }),
    }),
    { status: 0, asked: [`/${ONE}`, `/${OTHER}`] },
    BOTH,
  ),
  npmLock(
    'a package that asks for itself',
    'is judged once',
    lock({ [`node_modules/${ONE}`]: locked({ dependencies: { [ONE]: '*' } }) }),
    { status: 0, asked: [`/${ONE}`] },
    { healthy: [ONE] },
  ),
  npmLock(
    'another package in `dependencies` than in `packages`',
    'both are judged',
    {
      ...lock({ [`node_modules/${ONE}`]: locked() }),
      lockfileVersion: 2,
      dependencies: { [GONE]: locked() },
    },
    {
      status: 1,
      packages: [{ name: GONE, ...NOT_FOUND }],
      asked: [`/${GONE}`, `/${ONE}`],
    },
    { healthy: [ONE], absent: [GONE] },
  ),
  npmLock(
    '`packages` in a lockfile of version 1',
    'is judged too',
    { lockfileVersion: 1, dependencies: {}, packages: { [`node_modules/${GONE}`]: locked() } },
    NOBODYS,
    ASKED,
  ),
];

/** What is no lockfile. */
function broken(
  attack: string,
  text: string,
  error = 'LOCKFILE_UNREADABLE',
  file = 'package-lock.json',
): Attack {
  return {
    attack: `${file}: ${attack}`,
    must: 'is an error of its own, and nothing is decided',
    files: { 'package.json': '{"name":"p"}', [file]: text },
    expected: { status: 2, error, packages: [], asked: [] },
  };
}

const YAML = (text: string) => `lockfileVersion: '9.0'\n${text}`;
const PNPM = 'pnpm-lock.yaml';

const BROKEN: readonly Attack[] = [
  broken('empty', ''),
  broken('null', 'null'),
  broken('a list', '[]'),
  broken('a text', '"zq"'),
  broken('cut off', '{"lockfileVersion":3,"packages":{"":{'),
  broken('packages that are a list', '{"lockfileVersion":3,"packages":[]}'),
  broken('packages that are missing', '{"lockfileVersion":3}'),
  broken('an entry that is null', '{"lockfileVersion":3,"packages":{"node_modules/zq":null}}'),
  broken('an entry that is a list', '{"lockfileVersion":3,"packages":{"node_modules/zq":[]}}'),
  broken('a version that is a number', '{"lockfileVersion":3,"packages":{"node_modules/zq":{"version":1}}}'),
  broken(
    'dependencies that are a list of names',
    '{"lockfileVersion":3,"packages":{"node_modules/zq":{"dependencies":["a"]}}}',
  ),
  broken('no lockfileVersion', '{"packages":{}}', 'LOCKFILE_VERSION_UNKNOWN'),
  broken('lockfileVersion 99', '{"lockfileVersion":99,"packages":{}}', 'LOCKFILE_VERSION_UNKNOWN'),
  broken('lockfileVersion as a text', '{"lockfileVersion":"3","packages":{}}', 'LOCKFILE_VERSION_UNKNOWN'),
  broken(
    'a key that is there twice',
    `{"lockfileVersion":3,"packages":{"node_modules/zq":{},"node_modules/zq":{}}}`,
    'LOCKFILE_DUPLICATE_KEY',
  ),
  broken(
    'a key that is there twice, once with an escape',
    `{"lockfileVersion":3,"packages":{"node_modules/zq":{},"node_modules\\u002fzq":{}}}`,
    'LOCKFILE_DUPLICATE_KEY',
  ),
  broken(
    'integrity that is there twice',
    `{"lockfileVersion":3,"packages":{"node_modules/zq":{"integrity":"a","integrity":"b"}}}`,
    'LOCKFILE_DUPLICATE_KEY',
  ),
  broken(
    'a merge conflict',
    '{\n<<<<<<< HEAD\n"lockfileVersion":3\n=======\n"lockfileVersion":2\n>>>>>>> theirs\n}',
    'LOCKFILE_CONFLICT',
  ),
  broken('a merge conflict that was cut off', '{"lockfileVersion":3\n>>>>>>> theirs\n}', 'LOCKFILE_CONFLICT'),
  broken('100,000 brackets', `{"lockfileVersion":3,"packages":${'['.repeat(100_000)}`),
  broken('empty', '', 'LOCKFILE_UNREADABLE', PNPM),
  broken('a text', 'zq', 'LOCKFILE_UNREADABLE', PNPM),
  broken('a version of tomorrow', "lockfileVersion: '99.0'\n", 'LOCKFILE_VERSION_UNKNOWN', PNPM),
  broken(
    'a merge conflict',
    YAML('<<<<<<< HEAD\npackages: {}\n=======\npackages: {}\n>>>>>>> theirs\n'),
    'LOCKFILE_CONFLICT',
    PNPM,
  ),
  broken(
    'a key that is there twice',
    YAML('packages:\n  a@1.0.0:\n    resolution: {}\n  a@1.0.0:\n    resolution: {}\n'),
    'LOCKFILE_DUPLICATE_KEY',
    PNPM,
  ),
  broken(
    'aliases that stand for billions of values',
    YAML(
      `a: &a [x,x,x,x,x,x,x,x,x,x]\n${'bcdefghi'.replace(/./g, (letter) => {
        const before = String.fromCharCode(letter.charCodeAt(0) - 1);
        return `${letter}: &${letter} [${Array(10).fill(`*${before}`).join(',')}]\n`;
      })}packages: {}\n`,
    ),
    'LOCKFILE_UNREADABLE',
    PNPM,
  ),
  broken('an alias of itself', YAML('packages: &a\n  zq@1.0.0: *a\n'), 'LOCKFILE_UNREADABLE', PNPM),
  broken(
    'a tag of JavaScript',
    YAML('packages: !!js/function "function () { process.exit(0) }"\n'),
    'LOCKFILE_UNREADABLE',
    PNPM,
  ),
  broken('packages that are a list', YAML('packages: [a]\n'), 'LOCKFILE_UNREADABLE', PNPM),
  broken('a tab as indentation', YAML('packages:\n\tzq@1.0.0: {}\n'), 'LOCKFILE_UNREADABLE', PNPM),
  broken('100,000 brackets', YAML(`packages: ${'['.repeat(100_000)}`), 'LOCKFILE_UNREADABLE', PNPM),
  broken(
    '5,000 levels of indentation',
    YAML(Array.from({ length: 5_000 }, (_, level) => `${' '.repeat(level)}a:\n`).join('')),
    'LOCKFILE_UNREADABLE',
    PNPM,
  ),
];

function pnpmLock(
  path: string,
  info: string,
  dependency = `{specifier: '*', version: 1.0.0}`,
  key = ONE,
): string {
  return YAML(
    `importers:\n  .:\n    dependencies:\n      ${key}: ${dependency}\npackages:\n  '${path}':\n    ${info}\nsnapshots:\n  '${path}': {}\n`,
  );
}

function pnpm(
  attack: string,
  must: string,
  text: string,
  expected: Attack['expected'],
  more: Partial<Attack> = {},
): Attack {
  return { attack: `pnpm-lock.yaml: ${attack}`, must, files: { [PNPM]: text }, expected, ...more };
}

const SRI = `integrity: ${INTEGRITY}`;

const PNPM_LOCKS: readonly Attack[] = [
  pnpm(
    'the tarball of another package',
    'is blocked, and the other name is judged too',
    pnpmLock(
      `${ONE}@1.0.0`,
      `resolution: {${SRI}, tarball: https://registry.npmjs.org/${OTHER}/-/${OTHER}-1.0.0.tgz}`,
    ),
    {
      status: 1,
      packages: [{ name: ONE, ...BLOCKED }],
      signals: MISMATCH,
    },
    BOTH,
  ),
  pnpm(
    'a tarball by a path upwards',
    'is blocked, and the other name is judged too',
    pnpmLock(`${ONE}@1.0.0`, `resolution: {${SRI}, tarball: ${ONE}/-/../../${OTHER}/-/${OTHER}-1.0.0.tgz}`),
    {
      status: 1,
      packages: [{ name: ONE, ...BLOCKED }],
      signals: MISMATCH,
    },
    BOTH,
  ),
  pnpm(
    'a tarball from another host',
    'is told',
    pnpmLock(`${ONE}@1.0.0`, `resolution: {${SRI}, tarball: https://attacker.invalid${OWN}}`),
    { ...TOLD },
    { healthy: [ONE], words: ['--all'] },
  ),
  pnpm(
    'a tarball on the disk',
    'is told as an exotic source',
    pnpmLock(`${ONE}@1.0.0`, 'resolution: {tarball: file:../../evil.tgz}'),
    {
      status: 0,
      packages: [{ name: ONE, source: 'file', action: 'warn' }],
      signals: ['EXOTIC_SOURCE'],
      unchecked: ['local file'],
    },
  ),
  pnpm(
    'no integrity',
    'is told',
    pnpmLock(`${ONE}@1.0.0`, 'resolution: {}'),
    { status: 0, packages: [{ name: ONE }], signals: ['INTEGRITY_MISSING'] },
    { healthy: [ONE], words: ['--all'] },
  ),
  pnpm(
    'a package that calls itself by another name',
    'is judged by that name',
    pnpmLock(`${ONE}@1.0.0`, `resolution: {${SRI}}\n    name: ${GONE}\n    version: 1.0.0`),
    {
      status: 1,
      packages: [{ name: GONE, alias: ONE, ...NOT_FOUND }],
    },
    ASKED,
  ),
  pnpm(
    'an alias to an invented name',
    'is judged by that name',
    pnpmLock(
      `${GONE}@1.0.0`,
      `resolution: {${SRI}}`,
      `{specifier: 'npm:${ONE}@1', version: ${GONE}@1.0.0}`,
      'lodash',
    ),
    {
      status: 1,
      packages: [{ name: GONE, alias: 'lodash', ...NOT_FOUND }],
    },
    ASKED,
  ),
  pnpm(
    'a version with a second name in it',
    'is judged by the name before it',
    pnpmLock(`${GONE}@1.0.0@1.0.0`, `resolution: {${SRI}}`, `{specifier: '*', version: 1.0.0@1.0.0}`, GONE),
    {
      status: 1,
      packages: [{ name: GONE, ...NOT_FOUND }],
    },
    ASKED,
  ),
  pnpm(
    'a package that no snapshot names',
    'is judged',
    YAML(`importers:\n  .: {}\npackages:\n  ${GONE}@1.0.0:\n    resolution: {${SRI}}\nsnapshots: {}\n`),
    NOBODYS,
    ASKED,
  ),
  pnpm(
    'a snapshot that no package describes',
    'is judged',
    YAML(`importers:\n  .: {}\npackages: {}\nsnapshots:\n  ${GONE}@1.0.0: {}\n`),
    NOBODYS,
    ASKED,
  ),
  pnpm(
    'a reference that leads nowhere',
    'is judged by its key',
    YAML(`importers:\n  .:\n    dependencies:\n      ${GONE}: {specifier: '*', version: 1.0.0}\n`),
    NOBODYS,
    ASKED,
  ),
  pnpm(
    'a project above the folder',
    'is listed, and its package.json is not read',
    YAML(
      `importers:\n  ../../etc: {}\n  .:\n    dependencies:\n      ${GONE}: {specifier: '*', version: 1.0.0}\n`,
    ),
    {
      ...NOBODYS,
      unchecked: ["outside of the project's folder"],
    },
    ASKED,
  ),
  pnpm(
    'a link out of the project',
    'is listed as not checked',
    YAML(`importers:\n  .:\n    dependencies:\n      ${ONE}: {specifier: '*', version: link:../../etc}\n`),
    {
      status: 0,
      unchecked: ['link to a local folder'],
      asked: [],
    },
  ),
  pnpm(
    'packages that ask for each other',
    'are judged once each',
    YAML(
      `importers:\n  .:\n    dependencies:\n      ${ONE}: {specifier: '*', version: 1.0.0}\npackages:\n  ${ONE}@1.0.0:\n    resolution: {${SRI}}\n  ${OTHER}@1.0.0:\n    resolution: {${SRI}}\nsnapshots:\n  ${ONE}@1.0.0:\n    dependencies: {${OTHER}: 1.0.0}\n  ${OTHER}@1.0.0:\n    dependencies: {${ONE}: 1.0.0}\n`,
    ),
    {
      status: 0,
      asked: [`/${ONE}`, `/${OTHER}`],
    },
    BOTH,
  ),
  pnpm(
    'two documents of which only the first has a package',
    'both are judged',
    `---\n${YAML(`importers:\n  .:\n    configDependencies:\n      ${GONE}: {specifier: 1.0.0, version: 1.0.0}\npackages:\n  ${GONE}@1.0.0:\n    resolution: {${SRI}}\nsnapshots:\n  ${GONE}@1.0.0: {}\n`)}---\n${pnpmLock(`${ONE}@1.0.0`, `resolution: {${SRI}}`)}`,
    {
      status: 1,
      packages: [{ name: GONE, ...NOT_FOUND }],
    },
    { healthy: [ONE], absent: [GONE] },
  ),
  pnpm(
    'two dependency paths of one package with other bytes',
    'both are judged',
    YAML(
      `importers:\n  .:\n    dependencies:\n      ${ONE}: {specifier: '*', version: 1.0.0}\npackages:\n  ${ONE}@1.0.0:\n    resolution: {${SRI}}\n  /${ONE}@1.0.0:\n    resolution: {${SRI}, tarball: https://registry.npmjs.org/${OTHER}/-/${OTHER}-1.0.0.tgz}\nsnapshots:\n  ${ONE}@1.0.0: {}\n  /${ONE}@1.0.0: {}\n`,
    ),
    {
      status: 1,
      packages: [{ name: ONE, ...BLOCKED }],
    },
    BOTH,
  ),
  pnpm(
    'a merge key',
    'is no way to hide an entry',
    YAML(`x: &x\n  ${GONE}@1.0.0:\n    resolution: {${SRI}}\nimporters:\n  .: {}\npackages:\n  <<: *x\n`),
    NOBODYS,
    ASKED,
  ),
  pnpm(
    'a byte order mark and carriage returns',
    'is read as without them',
    `\ufeff${pnpmLock(`${GONE}@1.0.0`, `resolution: {${SRI}}`, undefined, GONE)}`.replaceAll('\n', '\r\n'),
    NOBODYS,
    ASKED,
  ),
];

const TWO_KINDS: readonly Attack[] = [
  {
    attack: 'lockfiles of npm and pnpm that disagree',
    must: 'that of the manager in use is judged, and the other is listed',
    files: {
      'package.json': { name: 'p', dependencies: { [ONE]: '*' } },
      'package-lock.json': lock({ [`node_modules/${ONE}`]: locked() }),
      [PNPM]: pnpmLock(`${GONE}@1.0.0`, `resolution: {${SRI}}`, undefined, GONE),
    },
    healthy: [ONE],
    expected: { status: 0, unchecked: ['pnpm-lock.yaml: lockfile not used: npm is in use here'] },
  },
  {
    attack: 'lockfiles of npm and pnpm that disagree, where the manifest names pnpm',
    must: 'that of pnpm is judged, and the other is listed',
    files: {
      'package.json': { name: 'p', packageManager: 'pnpm@10.0.0', dependencies: { [GONE]: '*' } },
      'package-lock.json': lock({ [`node_modules/${ONE}`]: locked() }),
      [PNPM]: pnpmLock(`${GONE}@1.0.0`, `resolution: {${SRI}}`, undefined, GONE),
    },
    ...ASKED,
    expected: { ...NOBODYS, unchecked: ['package-lock.json: lockfile not used: pnpm is in use here'] },
  },
  {
    attack: 'npm-shrinkwrap.json beside a package-lock.json',
    must: 'the one that npm reads is judged, and the other is listed',
    files: {
      'package.json': { name: 'p', dependencies: { [GONE]: '*' } },
      'package-lock.json': lock({ [`node_modules/${ONE}`]: locked() }),
      'npm-shrinkwrap.json': lock({ [`node_modules/${GONE}`]: locked() }, { [GONE]: '*' }),
    },
    ...ASKED,
    expected: { ...NOBODYS, unchecked: ['package-lock.json: lockfile not used'] },
  },
  {
    attack: 'a lockfile that says less than the package.json beside it',
    must: 'what package.json asks for is judged too',
    files: {
      'package.json': { name: 'p', dependencies: { [GONE]: '*' } },
      'package-lock.json': lock({}, {}),
    },
    ...ASKED,
    expected: NOBODYS,
  },
  {
    attack: 'a yarn.lock beside a package-lock.json',
    must: 'is listed as not used',
    files: { 'package-lock.json': lock({ [`node_modules/${ONE}`]: locked() }), 'yarn.lock': 'evil' },
    healthy: [ONE],
    expected: { status: 0, unchecked: ['yarn.lock: lockfile not used'] },
  },
];

export const LOCKFILE_ATTACKS: readonly Attack[] = [
  ...RESOLVED,
  ...INTEGRITIES,
  ...LOCATIONS,
  ...ENTRIES,
  ...BROKEN,
  ...PNPM_LOCKS,
  ...TWO_KINDS,
];
