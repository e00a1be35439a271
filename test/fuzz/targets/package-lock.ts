import { finishTree } from '../../../src/lockfile/finish-tree.js';
import { importerId } from '../../../src/lockfile/importer-id.js';
import { parsePackageLock } from '../../../src/lockfile/npm/parse-package-lock.js';
import type { ResolvedTree } from '../../../src/model/resolved-tree.js';
import { pathsTo } from '../../../src/tree/requested-by.js';
import { type FuzzTarget, mustHold } from '../target.js';
import { fixture, JSON_WORDS, NAME_WORDS, SPEC_WORDS } from './fixtures.js';

type Raw = Readonly<Record<string, unknown>>;

/** Holds besides: whatever is in the file is in the tree. */
export const packageLock: FuzzTarget = {
  name: 'package-lock',
  seeds: () => [
    ...[1, 2, 3, 4].map((version) => fixture(`lockfiles/npm-v${version}/package-lock.json`)),
    fixture('lockfiles/npm-hidden/hidden-lockfile.json'),
    '{"lockfileVersion":3,"packages":{"":{"dependencies":{"zq-a":"*"}},"node_modules/zq-a":{"version":"1.0.0"}}}',
    '{"lockfileVersion":1,"dependencies":{"zq-a":{"version":"1.0.0","dependencies":{"zq-b":{"version":"npm:zq-c@1.0.0"}}}}}',
  ],
  words: [
    ...JSON_WORDS,
    ...NAME_WORDS,
    ...SPEC_WORDS,
    ...[
      'node_modules/',
      '/node_modules/',
      '"lockfileVersion":',
      '"packages":',
      '"dependencies":',
      '"link":true',
    ],
    ...[
      '"resolved":',
      '"integrity":',
      '"inBundle":true',
      '"peerDependencies":',
      '"requires":',
      '<<<<<<< a\n',
      '>>>>>>> b\n',
    ],
  ],
  run: async (bytes) => {
    const text = bytes.toString('utf8');
    const file = 'package-lock.json';
    const draft = parsePackageLock({ text, file, format: 'package-lock', path: null, manifest: null });
    const tree = await finishTree(draft);
    for (const { id } of tree.entries.slice(0, 50)) pathsTo(tree, id);
    const lock = JSON.parse(text) as Raw;
    expectPackages(tree, (lock['packages'] ?? {}) as Raw);
    if (lock['packages'] === undefined) expectDependencies(tree, lock['dependencies']);
  },
};

function expectPackages(tree: ResolvedTree, packages: Raw): void {
  const ids = new Set([...tree.entries, ...tree.importers].map(({ id }) => id));
  for (const [location, raw] of Object.entries(packages)) {
    const { link, resolved } = raw as { readonly link?: unknown; readonly resolved?: unknown };
    const isLink = link === true && typeof resolved === 'string';
    const folder = isLink ? resolved.replace(/^file:/, '').replace(/^\.\//, '') : location;
    const isThere = [location, importerId(location)].some((id) => ids.has(id)) || location === '';
    mustHold(isThere || (isLink && Object.hasOwn(packages, folder)), `${location} is not in the tree`);
  }
}

function expectDependencies(tree: ResolvedTree, dependencies: unknown): void {
  const known = new Set(tree.entries.flatMap(({ name, alias }) => (alias === null ? [name] : [name, alias])));
  const ids = tree.entries.map(({ id }) => id);
  const open = [dependencies];
  while (open.length > 0) {
    for (const [key, raw] of Object.entries((open.pop() ?? {}) as Raw)) {
      const isThere = known.has(key) || ids.some((id) => id.includes(`node_modules/${key}`));
      mustHold(isThere || isFolder(raw), `${key} is not in the tree`);
      open.push((raw as Raw | null)?.['dependencies']);
    }
  }
}

/** `file:FOLDER`, which the tree knows by its folder. */
function isFolder(raw: unknown): boolean {
  return String((raw as Raw | null)?.['version']).startsWith('file:');
}
