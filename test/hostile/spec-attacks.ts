import type { Attack } from './attack-world.js';

const NOT_FOUND = { risk: 'not-found', action: 'block' } as const;
const GONE = 'zq-invented';
const DEEP = 5_000;

function project(dependencies: Readonly<Record<string, unknown>>, more: object = {}): object {
  return { name: 'project', version: '1.0.0', dependencies, ...more };
}

/** A dependency line that leads to an invented name, under whatever key. */
function toInvented(attack: string, manifest: object, more: Partial<Attack> = {}): Attack {
  return {
    attack,
    must: 'the invented name behind it is blocked',
    files: { 'package.json': manifest },
    absent: [GONE],
    expected: { status: 1, packages: [{ name: GONE, ...NOT_FOUND }], asked: [`/${GONE}`] },
    ...more,
  };
}

const ALIASES: readonly Attack[] = [
  toInvented('an alias of an invented name under an established one', project({ lodash: `npm:${GONE}@1` }), {
    expected: { status: 1, packages: [{ name: GONE, alias: 'lodash', ...NOT_FOUND }], asked: [`/${GONE}`] },
  }),
  toInvented('an alias with its protocol in upper case', project({ lodash: `NPM:${GONE}@1` })),
  toInvented('an alias without a version', project({ lodash: `npm:${GONE}` })),
  toInvented('an alias with a tag', project({ lodash: `npm:${GONE}@latest` })),
  toInvented('an alias in devDependencies', { name: 'p', devDependencies: { lodash: `npm:${GONE}@1` } }),
  toInvented('an alias in optionalDependencies', {
    name: 'p',
    optionalDependencies: { lodash: `npm:${GONE}@1` },
  }),
  toInvented('an alias in peerDependencies', { name: 'p', peerDependencies: { lodash: `npm:${GONE}@1` } }),
  {
    attack: 'an alias of a squat of yesterday under an established name',
    must: 'is judged by the name behind it, and blocked',
    files: { 'package.json': project({ lodash: 'npm:zq-squat@1' }) },
    squats: ['zq-squat'],
    expected: {
      status: 1,
      packages: [{ name: 'zq-squat', alias: 'lodash', risk: 'high-risk', action: 'block' }],
      signals: ['ALIAS', 'RECENTLY_CREATED'],
      asked: ['/zq-squat'],
    },
  },
  {
    attack: 'an alias of a scoped invented name',
    must: 'is blocked, and asked for with an encoded slash',
    files: { 'package.json': project({ lodash: 'npm:@zq-nobody/tool@^1' }) },
    absent: ['@zq-nobody/tool'],
    expected: {
      status: 1,
      packages: [{ name: '@zq-nobody/tool', ...NOT_FOUND }],
      asked: ['/@zq-nobody%2ftool'],
    },
  },
  {
    attack: 'two aliases of one invented name',
    must: 'both lead to the one entry that is blocked',
    files: { 'package.json': project({ lodash: `npm:${GONE}@1`, react: `npm:${GONE}@2` }) },
    absent: [GONE],
    expected: { status: 1, packages: [{ name: GONE, ...NOT_FOUND }], asked: [`/${GONE}`] },
  },
  {
    attack: 'an alias to an alias',
    must: 'is listed as a spec that nobody can read, and the key that stands before it is judged',
    files: { 'package.json': project({ 'zq-invented': 'npm:npm:left-pad@1' }) },
    absent: [GONE],
    expected: { status: 1, packages: [{ name: GONE, ...NOT_FOUND }], unchecked: ['the spec cannot be read'] },
  },
  {
    attack: 'an alias of a path',
    must: 'is listed as a spec that nobody can read, and the key that stands before it is judged',
    files: { 'package.json': project({ 'zq-invented': 'npm:../../left-pad@1' }) },
    absent: [GONE],
    expected: { status: 1, packages: [{ name: GONE, ...NOT_FOUND }], unchecked: ['the spec cannot be read'] },
  },
  {
    attack: 'an alias that a locked entry does not follow',
    must: 'the name that the manifest asks for is judged beside the locked one',
    files: {
      'package.json': project({ lodash: `npm:${GONE}@1` }),
      'package-lock.json': {
        lockfileVersion: 3,
        packages: {
          '': { dependencies: { lodash: `npm:${GONE}@1` } },
          'node_modules/lodash': { version: '4.17.21', integrity: `sha512-${'A'.repeat(86)}==` },
        },
      },
    },
    absent: [GONE],
    expected: { status: 1, packages: [{ name: GONE, ...NOT_FOUND }], asked: [`/${GONE}`] },
  },
];

const OVERRIDES: readonly Attack[] = [
  toInvented(
    'an override that names another package',
    project({ express: '4' }, { overrides: { accepts: `npm:${GONE}@1` } }),
  ),
  toInvented(
    'an override three levels down',
    project({ express: '4' }, { overrides: { express: { accepts: { 'mime-types': `npm:${GONE}@1` } } } }),
  ),
  toInvented(
    'an override of the package itself beside nested ones',
    project({ express: '4' }, { overrides: { express: { '.': `npm:${GONE}@1`, accepts: '1' } } }),
  ),
  toInvented(
    'an override of one version',
    project({ express: '4' }, { overrides: { 'accepts@^1': `npm:${GONE}@1` } }),
  ),
  toInvented(`an override ${DEEP.toLocaleString('en-US')} levels down`, project({ express: '4' }), {
    files: {
      'package.json': `{"dependencies":{"express":"4"},"overrides":${'{"a":'.repeat(DEEP)}"npm:${GONE}@1"${'}'.repeat(DEEP)}}`,
    },
  }),
  toInvented(
    'a resolution with a path',
    project({ express: '4' }, { resolutions: { '**/accepts': `npm:${GONE}@1` } }),
  ),
  toInvented(
    'an override of pnpm below a parent',
    project(
      { express: '4' },
      { packageManager: 'pnpm@10.0.0', pnpm: { overrides: { 'express@4>accepts@1': `npm:${GONE}@1` } } },
    ),
  ),
  toInvented('an override in pnpm-workspace.yaml', project({ express: '4' }), {
    files: {
      'package.json': project({ express: '4' }, { packageManager: 'pnpm@10.0.0' }),
      'pnpm-workspace.yaml': `overrides:\n  'express>accepts': 'npm:${GONE}@1'\n`,
    },
  }),
  {
    attack: 'an override with a URL',
    must: 'is listed as not checked',
    files: {
      'package.json': project(
        { express: '4' },
        { overrides: { accepts: 'https://attacker.invalid/zq.tgz' } },
      ),
    },
    expected: { status: 0, unchecked: ['tarball from a URL'], asked: [] },
  },
  {
    attack: 'an override that is a list',
    must: 'is an error about the manifest, as npm fails on it',
    files: { 'package.json': project({ express: '4' }, { overrides: { accepts: [`npm:${GONE}@1`] } }) },
    expected: { status: 2, error: 'MANIFEST_UNREADABLE', asked: [] },
  },
];

/** What asks no registry: it is listed, and nobody hears of the key. */
function elsewhere(attack: string, spec: string, reason: string): Attack {
  return {
    attack,
    must: 'is listed as not checked, and no registry hears of the key',
    files: { 'package.json': project({ 'zq-key': spec }) },
    expected: { status: 0, packages: [], unchecked: [reason], asked: [] },
  };
}

const SOURCES: readonly Attack[] = [
  elsewhere('git over https', 'git+https://attacker.invalid/zq.git#main', 'git source'),
  elsewhere('git over ssh', 'git+ssh://git@attacker.invalid/zq.git', 'git source'),
  elsewhere('git over its own protocol', 'git://attacker.invalid/zq.git', 'git source'),
  elsewhere('git on the disk', 'git+file:///etc/zq.git', 'git source'),
  elsewhere('a repository of GitHub', 'attacker/zq', 'git source'),
  elsewhere('a gist', 'gist:11081aaa281', 'git source'),
  elsewhere('a tarball over https', 'https://attacker.invalid/zq.tgz', 'tarball from a URL'),
  elsewhere('a tarball over plain http', 'http://attacker.invalid/zq.tgz', 'tarball from a URL'),
  elsewhere('a folder above the project', 'file:../../zq', 'link to a local folder'),
  elsewhere('a tarball above the project', 'file:../../zq.tgz', 'local file'),
  elsewhere('an absolute path', '/etc/zq', 'link to a local folder'),
  elsewhere('a link', 'link:../zq', 'link to a local folder'),
  elsewhere('a portal', 'portal:../zq', 'link to a local folder'),
];

const PROTOCOLS: readonly Attack[] = [
  {
    attack: 'a jsr: spec of an invented package',
    must: 'is asked for under the name that jsr gives it to npm, and undecided where the registry of that scope has none',
    files: { 'package.json': project({ '@zq/tool': 'jsr:@zq-nobody/tool@1' }) },
    absent: ['@jsr/zq-nobody__tool'],
    expected: {
      status: 2,
      error: 'REGISTRY_UNAVAILABLE',
      packages: [{ name: '@jsr/zq-nobody__tool', risk: 'unknown', action: 'block' }],
      asked: ['/@jsr%2fzq-nobody__tool'],
    },
  },
  {
    attack: 'a jsr: spec that is a path',
    must: 'is asked for under a name of that scope only, and undecided',
    files: { 'package.json': project({ lodash: 'jsr:..%2f..%2fzq@1' }) },
    absent: ['@jsr/lodash__'],
    expected: { status: 2, error: 'REGISTRY_UNAVAILABLE', asked: ['/@jsr%2flodash__'] },
  },
  {
    attack: 'a workspace: spec for which no project is there',
    must: 'is listed as not checked',
    files: { 'package.json': project({ [GONE]: 'workspace:*' }, { packageManager: 'pnpm@10.0.0' }) },
    expected: {
      status: 0,
      packages: [],
      unchecked: ['no project of the workspace has this name'],
      asked: [],
    },
  },
  {
    attack: 'a workspace: spec under another name',
    must: 'is looked for by that name among the projects, and listed as not checked',
    files: { 'package.json': project({ lodash: `workspace:${GONE}@*` }, { packageManager: 'pnpm@10.0.0' }) },
    expected: { status: 0, packages: [], unchecked: [`declared:workspace:${GONE}`], asked: [] },
  },
  toInvented('a catalog: spec that stands for an alias', project({}), {
    files: {
      'package.json': project({ lodash: 'catalog:' }, { packageManager: 'pnpm@10.0.0' }),
      'pnpm-workspace.yaml': `catalog:\n  lodash: 'npm:${GONE}@1'\n`,
    },
  }),
  toInvented('a catalog: spec of a catalog by name', project({}), {
    files: {
      'package.json': project({ lodash: 'catalog:evil' }, { packageManager: 'pnpm@10.0.0' }),
      'pnpm-workspace.yaml': `catalogs:\n  evil:\n    lodash: 'npm:${GONE}@1'\n`,
    },
  }),
  toInvented(
    'a catalog: spec without a catalog',
    project({ [GONE]: 'catalog:nowhere' }, { packageManager: 'pnpm@10.0.0' }),
    {
      must: 'the key is judged',
    },
  ),
  toInvented('an invented config dependency of pnpm', project({}), {
    files: {
      'package.json': project({}, { packageManager: 'pnpm@10.0.0' }),
      'pnpm-workspace.yaml': `configDependencies:\n  ${GONE}: '1.0.0+sha512-AAAA'\n`,
    },
  }),
  toInvented('an invented name in a package extension of pnpm', project({}), {
    files: {
      'package.json': project({ express: '4' }, { packageManager: 'pnpm@10.0.0' }),
      'pnpm-workspace.yaml': `packageExtensions:\n  express:\n    dependencies:\n      ${GONE}: '*'\n`,
    },
  }),
  toInvented('a spec of a protocol that nobody knows', project({ [GONE]: 'evil:payload' }), {
    must: 'the key is judged, and the spec is listed as one that nobody can read',
    expected: { status: 1, packages: [{ name: GONE, ...NOT_FOUND }], unchecked: ['the spec cannot be read'] },
  }),
  toInvented('a spec with control characters', project({ [GONE]: '\u0000\u001b[2J' }), {
    must: 'the key is judged',
  }),
];

const TAGS: readonly Attack[] = [
  {
    attack: 'a dist-tag that was moved to a version of yesterday, which the lockfile pins',
    must: 'is judged as that version, with the script that it runs',
    files: {
      'package.json': project({ 'zq-moved': 'latest' }),
      'package-lock.json': {
        lockfileVersion: 3,
        packages: {
          '': { dependencies: { 'zq-moved': 'latest' } },
          'node_modules/zq-moved': {
            version: '9.9.9',
            hasInstallScript: true,
            integrity: `sha512-${'A'.repeat(86)}==`,
          },
        },
      },
    },
    served: { packages: { 'zq-moved': movedPackument('9.9.9') } },
    words: ['--all'],
    expected: { status: 0, packages: [{ name: 'zq-moved', version: '9.9.9' }], signals: ['INSTALL_SCRIPT'] },
  },
  {
    attack: 'a dist-tag that names a version which is not there',
    must: 'is no reason to fall over, and the package is judged on the rest',
    files: { 'package.json': project({ 'zq-moved': 'latest' }) },
    served: { packages: { 'zq-moved': { ...movedPackument('1.0.0'), 'dist-tags': { latest: '7.7.7' } } } },
    words: ['--all'],
    expected: { status: 0, packages: [{ name: 'zq-moved', risk: 'safe' }] },
  },
  {
    attack: 'a dist-tag that names __proto__',
    must: 'is no reason to fall over, and the package is judged on the rest',
    files: { 'package.json': project({ 'zq-moved': '__proto__' }) },
    served: {
      packages: { 'zq-moved': { ...movedPackument('1.0.0'), 'dist-tags': { latest: '__proto__' } } },
    },
    words: ['--all'],
    expected: { status: 0, packages: [{ name: 'zq-moved', risk: 'safe' }] },
  },
  {
    attack: 'a locked version that the registry does not have',
    must: 'is told as unpublished',
    files: {
      'package-lock.json': {
        lockfileVersion: 3,
        packages: {
          '': { dependencies: { 'zq-moved': '1' } },
          'node_modules/zq-moved': { version: '7.7.7', integrity: `sha512-${'A'.repeat(86)}==` },
        },
      },
    },
    healthy: ['zq-moved'],
    words: ['--all'],
    expected: { status: 0, packages: [{ name: 'zq-moved', version: '7.7.7' }], signals: ['UNPUBLISHED'] },
  },
];

function movedPackument(newest: string): Record<string, unknown> {
  const yesterday = new Date(Date.now() - 24 * 60 * 60_000).toISOString();
  const versions = Object.fromEntries(
    Array.from({ length: 25 }, (_, index) => [
      `1.${index}.0`,
      new Date(Date.UTC(2020, index, 1)).toISOString(),
    ]),
  );
  const manifest = (version: string) => ({
    name: 'zq-moved',
    version,
    dist: { tarball: `https://tarballs.example.test/zq-moved/-/zq-moved-${version}.tgz` },
    repository: { type: 'git', url: 'git+https://git.example.test/zq-moved.git' },
    maintainers: [{ name: 'someone' }],
  });
  const time = { ...versions, [newest]: newest === '9.9.9' ? yesterday : '2020-01-01T00:00:00.000Z' };
  return {
    name: 'zq-moved',
    description: 'What zq-moved does, said in one sentence',
    'dist-tags': { latest: newest },
    versions: Object.fromEntries(Object.keys(time).map((version) => [version, manifest(version)])),
    time: { created: '2020-01-01T00:00:00.000Z', modified: yesterday, ...time },
    repository: { type: 'git', url: 'git+https://git.example.test/zq-moved.git' },
    maintainers: [{ name: 'someone' }],
  };
}

/** What is no list of dependencies at all. */
function broken(attack: string, text: string): Attack {
  return {
    attack,
    must: 'is an error about the manifest',
    files: { 'package.json': text },
    expected: { status: 2, error: 'MANIFEST_UNREADABLE', packages: [], asked: [] },
  };
}

const SHAPES: readonly Attack[] = [
  broken('dependencies that are a list of names', '{"dependencies":["zq"]}'),
  broken('dependencies that are a text', '{"dependencies":"zq"}'),
  broken('a spec that is a number', '{"dependencies":{"zq":1}}'),
  broken('a spec that is an object', '{"dependencies":{"zq":{}}}'),
  broken('a package.json that is null', 'null'),
  broken('a package.json that is a list', '[]'),
  broken('a package.json that is empty', ''),
  broken('a package.json that ends in the middle', '{"dependencies":{"zq":"1"'),
  broken(
    'a package.json with a merge conflict',
    '{\n<<<<<<< HEAD\n"dependencies":{}\n=======\n"dependencies":{}\n>>>>>>> theirs\n}',
  ),
  broken('100,000 brackets for a package.json', '['.repeat(100_000)),
  toInvented('dependencies that are there twice', project({}), {
    must: 'those count that npm would read, the last ones',
    files: { 'package.json': `{"dependencies":{},"dependencies":{"${GONE}":"*"}}` },
  }),
  toInvented('a name that is asked for as dependency and as optional dependency', {
    name: 'p',
    dependencies: { [GONE]: '1' },
    optionalDependencies: { [GONE]: '2' },
  }),
  toInvented('an optional peer that nobody owns', {
    name: 'p',
    peerDependencies: { [GONE]: '*' },
    peerDependenciesMeta: { [GONE]: { optional: true } },
  }),
];

/** Texts of which patterns with backtracking would make a hang. */
function long(attack: string, spec: string, expected: Attack['expected']): Attack {
  return {
    attack: `a spec of ${spec.length.toLocaleString('en-US')} characters: ${attack}`,
    must: 'is read in the time of a check, and the key is judged',
    files: { 'package.json': project({ [GONE]: spec }) },
    absent: [GONE],
    expected,
  };
}

const LONG: readonly Attack[] = [
  long('carets', '^'.repeat(500_000), { status: 1 }),
  long('spaces between ranges', `1${' '.repeat(500_000)}2`, { status: 1 }),
  long('alternatives', '1||'.repeat(200_000), { status: 1 }),
  long('an alias of at signs', `npm:${'@'.repeat(500_000)}`, { status: 1 }),
  long('an alias of slashes', `npm:${'/'.repeat(500_000)}`, { status: 1 }),
  long('a workspace of dots', `workspace:${'.'.repeat(500_000)}`, { status: 0 }),
];

export const SPEC_ATTACKS: readonly Attack[] = [
  ...ALIASES,
  ...OVERRIDES,
  ...SOURCES,
  ...PROTOCOLS,
  ...TAGS,
  ...SHAPES,
  ...LONG,
];
