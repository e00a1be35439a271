import { describe, expect, it } from 'vitest';
import type { TreeEntry } from '../../../src/model/resolved-tree.js';
import { exoticSource } from '../../../src/signals/exotic-source.js';
import { subject } from '../../support/subjects.js';
import { entryOf, idsOf, pnpmTree } from './lockfile-builders.js';

const isExotic = (entry: TreeEntry): boolean => exoticSource.detect(subject({ entry })) !== null;

/** A lockfile of version 9.0 with these lines under `importers`, `packages` and `snapshots`. */
const lock9 = (importers: string, packages: string, snapshots: string): string =>
  `lockfileVersion: '9.0'\nimporters:\n${importers}\npackages:\n${packages}\nsnapshots:\n${snapshots}\n`;
const sourceOf = async (id: string, resolution: string): Promise<string> => {
  const text = lock9('  .: {}', `  '${id}':\n    resolution: ${resolution}`, `  '${id}': {}`);
  return (await pnpmTree(text)).entries[0]?.source ?? 'none';
};

describe('an entry of a pnpm-lock.yaml', () => {
  it('stands for all dependency paths that differ in their peers', async () => {
    const tree = await pnpmTree(
      lock9(
        `  .:
    dependencies:
      a: {specifier: ^1, version: 1.0.0(b@1.0.0(c@1.0.0))}
    optionalDependencies:
      b: {specifier: ^1, version: 1.0.0}`,
        `  a@1.0.0: {resolution: {integrity: sha512-a}, peerDependencies: {b: '*', none: '1'}}
  b@1.0.0: {resolution: {integrity: sha512-b}}`,
        `  a@1.0.0(b@1.0.0(c@1.0.0)): {dependencies: {b: 1.0.0}}
  a@1.0.0: {optional: true}
  b@1.0.0: {optional: true}`,
      ),
    );
    expect(idsOf(tree)).toEqual(['a@1.0.0', 'b@1.0.0', 'declared:none']);
    expect(entryOf(tree, 'a@1.0.0')).toEqual({
      id: 'a@1.0.0',
      name: 'a',
      registryName: 'a',
      alias: null,
      version: '1.0.0',
      spec: null,
      source: 'registry',
      askedFrom: 'registry',
      resolved: null,
      integrity: 'sha512-a',
      dev: false,
      optional: false,
      peer: false,
      hasInstallScript: null,
      deprecated: null,
      direct: true,
      presence: 'installed',
    });
    expect(entryOf(tree, 'b@1.0.0').optional).toBe(true);
    expect(tree.edges.get('a@1.0.0')).toEqual(['b@1.0.0', 'declared:none']);
  });

  it('is for development when only devDependencies lead to it', async () => {
    const tree = await pnpmTree(
      lock9(
        `  .:
    dependencies:
      a: {specifier: ^1, version: 1.0.0}
    devDependencies:
      b: {specifier: ^1, version: 1.0.0}`,
        ['a', 'b', 'shared', 'tool']
          .map((name) => `  ${name}@1.0.0: {resolution: {integrity: x}}`)
          .join('\n'),
        `  a@1.0.0: {dependencies: {shared: 1.0.0}}
  b@1.0.0: {dependencies: {shared: 1.0.0, tool: 1.0.0}}
  shared@1.0.0: {}
  tool@1.0.0: {dependencies: {b: 1.0.0}}`,
      ),
    );
    expect(tree.entries.filter(({ dev }) => dev).map(({ name }) => name)).toEqual(['b', 'tool']);
  });

  it('has an alias where nothing reaches it by its own name', async () => {
    const packages =
      '  lodash@3.0.0: {resolution: {integrity: x}}\n  lodash@4.0.0: {resolution: {integrity: y}}';
    const tree = await pnpmTree(
      lock9(
        `  .:
    dependencies:
      lodash: {specifier: ^4, version: 4.0.0}
      new: {specifier: npm:lodash@^4, version: lodash@4.0.0}
      old: {specifier: npm:lodash@^3, version: lodash@3.0.0}`,
        packages,
        '  lodash@3.0.0: {}\n  lodash@4.0.0: {dependencies: {older: lodash@3.0.0}}',
      ),
    );
    expect(tree.entries.map(({ id, alias }) => [id, alias])).toEqual([
      ['lodash@3.0.0', 'old'],
      ['lodash@4.0.0', null],
    ]);
    expect(tree.edges.get('root')).toEqual(['lodash@4.0.0', 'lodash@3.0.0']);
  });

  it.each([
    ['a@1.0.0', '{integrity: x}', 'registry'],
    ['a@1.0.0', '{integrity: x, tarball: https://mirror.host/a/-/a-1.0.0.tgz}', 'registry'],
    ['a@1.0.0', '{integrity: x, gitHosted: true}', 'registry'],
    [
      'a@https://codeload.github.com/u/a/tar.gz/abc',
      '{tarball: https://codeload.github.com/u/a/tar.gz/abc}',
      'git',
    ],
    ['a@https://host/a', '{gitHosted: true, tarball: https://host/a}', 'git'],
    ['a@git+https://host/u/a.git#abc', '{repo: https://host/u/a.git, commit: abc, type: git}', 'git'],
    ['a@git+ssh://host/u/a', '{}', 'git'],
    ['a@https://host/a.tgz', '{tarball: https://host/a.tgz}', 'remote'],
    ['a@file:a.tgz', '{integrity: x, tarball: file:a.tgz}', 'file'],
    ['a@file:folder', '{directory: folder, type: directory}', 'file'],
    ['a@link:folder', '{}', 'link'],
    ['node@runtime:22.0.0', '{type: variations, variants: []}', 'remote'],
  ])('%s with %s is of source %s', async (id, resolution, source) => {
    expect(await sourceOf(id, resolution)).toBe(source);
  });

  it('names the repository and the commit', async () => {
    const resolution = '{repo: https://host/u/a.git, commit: abc, type: git}';
    const id = 'a@git+https://host/u/a.git#abc';
    const tree = await pnpmTree(
      lock9('  .: {}', `  '${id}':\n    resolution: ${resolution}\n    version: 1.2.3`, `  '${id}': {}`),
    );
    expect(tree.entries[0]).toMatchObject({
      resolved: 'https://host/u/a.git#abc',
      version: '1.2.3',
      registryName: null,
    });
    expect(tree.unchecked).toEqual([{ id, reason: 'git source: no registry is asked about it' }]);
  });

  it('has the registry name of jsr packages and the version behind a patch', async () => {
    const text = lock9(
      `  .:
    dependencies:
      '@std/path': {specifier: 'jsr:^1', version: '@jsr/std__path@1.0.0'}
      b: {specifier: ^1, version: 1.0.0(patch_hash=abc)}`,
      "  '@jsr/std__path@1.0.0': {resolution: {integrity: x}}\n  b@1.0.0: {resolution: {integrity: x}}",
      "  '@jsr/std__path@1.0.0': {}\n  b@1.0.0(patch_hash=abc): {}",
    );
    const tree = await pnpmTree(text);
    expect(tree.entries.map(({ name, alias, version }) => [name, alias, version])).toEqual([
      ['@jsr/std__path', '@std/path', '1.0.0'],
      ['b', null, '1.0.0'],
    ]);
  });
});

describe('what importers ask for', () => {
  const exotic: readonly (readonly [resolution: string, source: string])[] = [
    ['{tarball: https://evil.example/x.tgz}', 'remote'],
    ['{gitHosted: true, tarball: https://evil.example/x.tgz}', 'git'],
    ['{type: git, repo: https://evil.example/x.git, commit: abc}', 'git'],
  ];
  const lines9 = (spec: string, ref: string): string =>
    `  .:\n    dependencies:\n      a: {specifier: '${spec}', version: '${ref}'}`;
  const texts: Readonly<Record<string, (spec: string, ref: string, resolution: string) => string>> = {
    '9.0': (spec, ref, resolution) =>
      lock9(lines9(spec, ref), `  'a@${ref}': {resolution: ${resolution}}`, `  'a@${ref}': {}`),
    '9.0 of two documents': (spec, ref, resolution) =>
      `---\n${lock9('  .: {}', '  {}', '  {}')}---\n${lock9(lines9(spec, ref), `  'a@${ref}': {resolution: ${resolution}}`, `  'a@${ref}': {}`)}`,
    '6.0': (spec, ref, resolution) =>
      `lockfileVersion: '6.0'\nimporters:\n${lines9(spec, `/a@${ref}`)}\npackages:\n  '/a@${ref}': {name: a, resolution: ${resolution}}\n`,
    '5.4': (spec, ref, resolution) =>
      `lockfileVersion: 5.4\nspecifiers: {a: '${spec}'}\ndependencies: {a: '@${ref}'}\npackages:\n  '@${ref}': {name: a, resolution: ${resolution}}\n`,
    '5.4 with importers': (spec, ref, resolution) =>
      `lockfileVersion: 5.4\nimporters:\n  .:\n    specifiers: {a: '${spec}'}\n    dependencies: {a: '@${ref}'}\npackages:\n  '@${ref}': {name: a, resolution: ${resolution}}\n`,
  };
  const cases = Object.keys(texts).flatMap((version) =>
    exotic.map(([resolution, source]) => [version, source, resolution] as const),
  );
  const askedFor = async (version: string, spec: string, resolution: string): Promise<TreeEntry> => {
    const [one] = (await pnpmTree(texts[version]?.(spec, 'https://evil.example/x.tgz', resolution) ?? ''))
      .entries;
    if (one === undefined) throw new Error('no entry');
    return one;
  };

  it.each(cases)('shows in %s where only the lockfile names %s (%s)', async (version, source, resolution) => {
    for (const spec of ['^4.17.0', 'latest', 'npm:b@^1']) {
      const found = await askedFor(version, spec, resolution);
      expect(found).toMatchObject({ name: 'a', source, askedFrom: 'registry', direct: true });
      expect(isExotic(found)).toBe(true);
    }
  });

  it.each(cases)(
    'shows in %s where an importer itself asks for %s (%s)',
    async (version, source, resolution) => {
      for (const spec of [
        'https://evil.example/x.tgz',
        'github:u/a',
        'u/a#main',
        'git+ssh://git@host/a.git',
      ]) {
        const found = await askedFor(version, spec, resolution);
        expect(found).toMatchObject({ source, askedFrom: 'url', direct: true });
        expect(isExotic(found)).toBe(false);
      }
    },
  );

  it('shows also where the reference is that of a version', async () => {
    for (const [resolution] of exotic.slice(1)) {
      const text = lock9(lines9('^1', '1.0.0'), `  a@1.0.0: {resolution: ${resolution}}`, '  a@1.0.0: {}');
      expect(isExotic(entryOf(await pnpmTree(text), 'a@1.0.0'))).toBe(true);
    }
  });

  it('is nothing for own folders and files, and unknown where only packages ask', async () => {
    const text = lock9(
      `  .:
    dependencies:
      a: {specifier: 'file:a.tgz', version: 'file:a.tgz'}
      b: {specifier: ^1, version: 1.0.0}`,
      `  'a@file:a.tgz': {resolution: {tarball: 'file:a.tgz'}}
  b@1.0.0: {resolution: {integrity: x}}
  'c@https://host/c.tgz': {resolution: {tarball: https://host/c.tgz}}`,
      `  'a@file:a.tgz': {}
  b@1.0.0: {dependencies: {c: https://host/c.tgz}}
  'c@https://host/c.tgz': {}`,
    );
    const tree = await pnpmTree(text);
    expect(tree.entries.map(({ name, askedFrom }) => [name, askedFrom])).toEqual([
      ['a', null],
      ['b', 'registry'],
      ['c', null],
    ]);
  });

  it('is what the catalog of the lockfile says', async () => {
    const url = 'https://host/a.tgz';
    for (const [meant, asked] of [
      [url, 'url'],
      ['^1', 'registry'],
    ]) {
      const catalogs = `catalogs: {default: {a: {specifier: '${meant}', version: '${url}'}}}\n`;
      const text = lock9(
        lines9('catalog:', url),
        `  'a@${url}': {resolution: {tarball: ${url}}}`,
        `  'a@${url}': {}`,
      );
      expect((await pnpmTree(`${text}${catalogs}`)).entries[0]?.askedFrom).toBe(asked);
    }
  });

  it('is the registry where one of two importers says so', async () => {
    const url = 'https://host/a.tgz';
    const line = (spec: string): string =>
      `    dependencies:\n      a: {specifier: '${spec}', version: '${url}'}`;
    const text = lock9(
      `  .:\n${line(url)}\n  packages/b:\n${line('^1')}`,
      `  'a@${url}': {resolution: {tarball: ${url}}}`,
      `  'a@${url}': {}`,
    );
    expect(entryOf(await pnpmTree(text), `a@${url}`).askedFrom).toBe('registry');
  });
});

describe('the projects of a pnpm-lock.yaml', () => {
  it('are importers, and entries of source workspace under the name by which others depend on them', async () => {
    const text = lock9(
      `  .: {}
  packages/app:
    dependencies:
      '@s/lib': {specifier: 'workspace:*', version: link:../lib}
      injected: {specifier: 'workspace:*', version: file:packages/injected}
      outer: {specifier: 'link:../../../outer', version: link:../../../outer}
  packages/injected: {}
  packages/lib: {}`,
      "  'injected@file:packages/injected': {resolution: {directory: packages/injected, type: directory}}",
      "  'injected@file:packages/injected': {}",
    );
    const tree = await pnpmTree(text);
    expect(tree.importers.map(({ id }) => id)).toEqual([
      'root',
      'packages/app',
      'packages/injected',
      'packages/lib',
    ]);
    expect(tree.entries.map(({ id, name, source, direct }) => [id, name, source, direct])).toEqual([
      ['injected@file:packages/injected', 'injected', 'workspace', true],
      ['outer@link:../outer', 'outer', 'link', true],
      ['packages/app', 'packages/app', 'workspace', false],
      ['packages/injected', 'packages/injected', 'workspace', false],
      ['packages/lib', '@s/lib', 'workspace', true],
    ]);
    expect(tree.unchecked.map(({ id }) => id)).toEqual(['outer@link:../outer']);
  });
});

describe('what a pnpm-lock.yaml leaves open', () => {
  it('is declared under its real name', async () => {
    const text = lock9(
      `  .:
    dependencies:
      a: {specifier: ^1, version: 1.0.0}
      gone: {specifier: ^1, version: 1.0.0(p@1.0.0)}
      alias: {specifier: 'npm:real@^2', version: real@2.0.0}`,
      '  a@1.0.0: {resolution: {integrity: x}, peerDependencies: {p: ^1, q: ^1}, peerDependenciesMeta: {q: {optional: true}}}',
      '  a@1.0.0: {}',
    );
    const tree = await pnpmTree(text);
    const open = tree.entries.filter(({ presence }) => presence === 'declared');
    expect(
      open.map(({ name, alias, spec, peer, optional, direct }) => [
        name,
        alias,
        spec,
        peer,
        optional,
        direct,
      ]),
    ).toEqual([
      ['p', null, '^1', true, false, false],
      ['q', null, '^1', true, true, false],
      ['gone', null, '1.0.0', false, false, true],
      ['real', 'alias', 'npm:real@2.0.0', false, false, true],
    ]);
  });
});

describe('a pnpm-lock.yaml of version 5.4', () => {
  const text = `lockfileVersion: 5.4
specifiers: {a: ^1, b: ^1, c: u/c, d: ^1}
dependencies:
  a: 1.0.0_b@2.0.0
  b: /@s/b/2.0.0
  c: github.com/u/c/abc
  d: registry.host/d/1.0.0
packages:
  /a/1.0.0_b@2.0.0:
    resolution: {integrity: x}
    requiresBuild: true
    dependencies: {b: /@s/b/2.0.0}
  /@s/b/2.0.0:
    resolution: {integrity: x}
  github.com/u/c/abc:
    resolution: {tarball: https://codeload.github.com/u/c/tar.gz/abc}
    name: c
    version: 1.2.3
  registry.host/d/1.0.0:
    resolution: {integrity: x, registry: https://registry.host/, tarball: https://registry.host/d/-/d-1.0.0.tgz}
  odd:
    resolution: {integrity: x}
`;

  it('has the same entries that the later versions would have', async () => {
    const tree = await pnpmTree(text);
    expect(
      tree.entries.map(({ id, name, alias, version, source }) => [id, name, alias, version, source]),
    ).toEqual([
      ['a@1.0.0', 'a', null, '1.0.0', 'registry'],
      ['@s/b@2.0.0', '@s/b', 'b', '2.0.0', 'registry'],
      ['c@github.com/u/c/abc', 'c', null, '1.2.3', 'git'],
      ['d@1.0.0', 'd', null, '1.0.0', 'registry'],
      ['odd@odd', 'odd', null, null, 'registry'],
    ]);
    expect(tree.edges.get('root')).toEqual(['a@1.0.0', '@s/b@2.0.0', 'c@github.com/u/c/abc', 'd@1.0.0']);
    expect(entryOf(tree, 'a@1.0.0').hasInstallScript).toBe(true);
    expect(entryOf(tree, '@s/b@2.0.0').hasInstallScript).toBe(false);
  });
});

describe('a pnpm-lock.yaml of two documents', () => {
  const first = (integrity: string): string => `---
lockfileVersion: '9.0'
importers:
  .:
    configDependencies:
      a: {specifier: 1.0.0, version: 1.0.0}
    packageManagerDependencies:
      pnpm: {specifier: 11.0.0, version: 11.0.0}
packages:
  a@1.0.0: {resolution: {integrity: ${integrity}}}
  pnpm@11.0.0: {resolution: {integrity: x}}
snapshots:
  a@1.0.0: {}
  pnpm@11.0.0: {}
---
${lock9('  packages/app:\n    dependencies:\n      a: {specifier: ^1, version: 1.0.0}', '  a@1.0.0: {resolution: {integrity: x}}', '  a@1.0.0: {}')}`;

  it('has the entries of both, and those in both once', async () => {
    const tree = await pnpmTree(first('x'));
    expect(idsOf(tree)).toEqual(['a@1.0.0', 'packages/app', 'pnpm@11.0.0']);
    expect(tree.edges.get('root')).toEqual(['a@1.0.0', 'pnpm@11.0.0']);
    expect(tree.edges.get('packages/app')).toEqual(['a@1.0.0']);
    expect(tree.importers.map(({ id }) => id)).toEqual(['root', 'packages/app']);
  });

  it('has two entries where the documents differ about the bytes', async () => {
    const tree = await pnpmTree(first('other'));
    expect(idsOf(tree)).toEqual(['a@1.0.0', 'a@1.0.0#2', 'packages/app', 'pnpm@11.0.0']);
    expect(tree.edges.get('packages/app')).toEqual(['a@1.0.0#2']);
  });
});

describe('a pnpm-lock.yaml', () => {
  it('keeps what is called __proto__', async () => {
    const tree = await pnpmTree(
      lock9(
        '  .:\n    dependencies:\n      __proto__: {specifier: ^1, version: 1.0.0}',
        '  __proto__@1.0.0: {resolution: {integrity: x}}',
        '  __proto__@1.0.0: {}',
      ),
    );
    expect(tree.entries.map(({ name, registryName, direct }) => [name, registryName, direct])).toEqual([
      ['__proto__', null, true],
    ]);
    expect(tree.unchecked).toHaveLength(1);
  });

  it('keeps a package that no snapshot names, when pnpm has two documents', async () => {
    const text = `---\n${lock9('  .: {}', '  a@1.0.0: {resolution: {integrity: x}}', '  {}')}---\n${lock9('  .: {}', '  {}', '  {}')}`;
    expect(idsOf(await pnpmTree(text))).toEqual(['a@1.0.0']);
  });

  it.each([
    ['', 'LOCKFILE_UNREADABLE', 'it is empty'],
    ['---\n---\n', 'LOCKFILE_UNREADABLE', 'it is empty'],
    ['[]', 'LOCKFILE_UNREADABLE', 'not an object'],
    ['a: 1', 'LOCKFILE_VERSION_UNKNOWN', '(none)'],
    ["lockfileVersion: '7.0'", 'LOCKFILE_VERSION_UNKNOWN', '7.0'],
    ["lockfileVersion: '10.0'", 'LOCKFILE_VERSION_UNKNOWN', '10.0'],
    ["lockfileVersion: '9.0'\npackages: []", 'LOCKFILE_UNREADABLE', 'packages is not an object'],
    [
      "lockfileVersion: '9.0'\nimporters: {.: {dependencies: {a: {specifier: x}}}}",
      'LOCKFILE_UNREADABLE',
      '',
    ],
    [
      "lockfileVersion: '6.1'\nimporters: {.: {dependencies: {a: {specifier: x}}}}",
      'LOCKFILE_UNREADABLE',
      'a has no version',
    ],
    [
      "lockfileVersion: '6.1'\npackages: {a@1.0.0: {resolution: {integrity: 1}}}",
      'LOCKFILE_UNREADABLE',
      'integrity is not a string',
    ],
    ["lockfileVersion: '9.0'\npackages: {a: 1, a: 2}", 'LOCKFILE_DUPLICATE_KEY', 'pnpm-lock.yaml:2:'],
    ['lockfileVersion: 5.4\npackages:\n  a: 1\n  a: 2', 'LOCKFILE_DUPLICATE_KEY', 'pnpm-lock.yaml:4:'],
    ["lockfileVersion: '9.0'\npackages: {", 'LOCKFILE_UNREADABLE', 'not valid YAML at '],
    ["lockfileVersion: '9.0'\n<<<<<<< HEAD\n", 'LOCKFILE_CONFLICT', 'pnpm-lock.yaml:2:1'],
    [`lockfileVersion: '9.0'\npackages: ${'['.repeat(100_000)}`, 'LOCKFILE_UNREADABLE', 'nesting'],
    [`lockfileVersion: 5.4\npackages: ${'{a: '.repeat(100_000)}`, 'LOCKFILE_UNREADABLE', 'nesting'],
  ])('is refused: %#', async (text, code, part) => {
    await expect(pnpmTree(text)).rejects.toMatchObject({ code, message: expect.stringContaining(part) });
  });

  it("is refused with pnpm's own reason where pnpm refuses it", async () => {
    const text = lock9(
      '  .:\n    dependencies:\n      a: {specifier: ^1, version: 1.0.0}\n    devDependencies:\n      a: {specifier: ^2, version: 1.0.0}',
      '  a@1.0.0: {resolution: {integrity: x}}',
      '  a@1.0.0: {}',
    );
    await expect(pnpmTree(text)).rejects.toMatchObject({
      code: 'LOCKFILE_UNREADABLE',
      message: expect.stringContaining('lists the same dependency more than once'),
    });
  });
});
