import { loadAll } from 'js-yaml';
import { finishTree } from '../../../src/lockfile/finish-tree.js';
import { parsePnpmLock, readPnpmDocuments } from '../../../src/lockfile/pnpm/index.js';
import type { ResolvedTree } from '../../../src/model/resolved-tree.js';
import { type FuzzTarget, mustHold } from '../target.js';
import { fixture, NAME_WORDS, SPEC_WORDS, YAML_WORDS } from './fixtures.js';

const WORDS = [
  ...YAML_WORDS,
  ...NAME_WORDS,
  ...SPEC_WORDS,
  ...[
    "lockfileVersion: '9.0'\n",
    "lockfileVersion: '6.0'\n",
    'lockfileVersion: 5.4\n',
    'importers:\n',
    'packages:\n',
  ],
  ...[
    'snapshots:\n',
    '  zq-a@1.0.0:\n',
    '  zq-a@1.0.0: {}\n',
    "'zq-a@1.0.0(zq-b@2.0.0)':",
    'specifier: ',
    'version: ',
  ],
  ...[
    'resolution: {integrity: sha512-eA==}\n',
    'tarball: ',
    'dependencies:\n',
    'optional: true\n',
    'link:../zq',
  ],
];

/** Version 9.0, read by this program itself. Holds besides: what js-yaml finds in the file is in the tree. */
export const pnpmLock: FuzzTarget = {
  name: 'pnpm-lock',
  seeds: () => [
    fixture('lockfiles/pnpm-9.0/pnpm-lock.yaml'),
    fixture('lockfiles/pnpm-9.0-config-dependencies/pnpm-lock.yaml'),
    "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      zq-a:\n        specifier: ^1.0.0\n        version: 1.0.0\npackages:\n  zq-a@1.0.0:\n    resolution: {integrity: sha512-eA==}\nsnapshots:\n  zq-a@1.0.0: {}\n",
  ],
  words: WORDS,
  run: readAndCompare,
};

/** Versions 5.4 and 6.0, which pnpm's own reader reads from a file. */
export const pnpmLockLegacy: FuzzTarget = {
  name: 'pnpm-lock-legacy',
  share: 0.2,
  seeds: () => ['5.4', '6.0'].map((version) => fixture(`lockfiles/pnpm-${version}/pnpm-lock.yaml`)),
  words: WORDS,
  run: readAndCompare,
};

async function readAndCompare(bytes: Buffer): Promise<void> {
  const text = bytes.toString('utf8');
  const file = 'pnpm-lock.yaml';
  const documents = await readPnpmDocuments({ text, file });
  const tree = await finishTree(parsePnpmLock({ file, path: null, documents }));
  for (const document of yamlDocuments(text)) expectPackages(tree, document);
}

/** None where js-yaml, which is not what reads most of these files, refuses the text. */
function yamlDocuments(text: string): readonly unknown[] {
  try {
    return loadAll(text) as readonly unknown[];
  } catch {
    return [];
  }
}

function expectPackages(tree: ResolvedTree, document: unknown): void {
  const { packages, snapshots, importers } = (document ?? {}) as Readonly<Record<string, object | null>>;
  const names = [...new Set(tree.entries.map(({ name }) => name))];
  for (const [key, raw] of [...Object.entries(packages ?? {}), ...Object.entries(snapshots ?? {})]) {
    const own = (raw as { readonly name?: unknown } | null)?.name;
    mustHold(
      names.some((name) => key.includes(name) || own === name),
      `${key} is not in the tree`,
    );
  }
  const known = new Set(tree.entries.flatMap(({ name, alias }) => (alias === null ? [name] : [name, alias])));
  for (const importer of Object.values(importers ?? {})) {
    for (const [key, raw] of Object.entries(
      (importer as { dependencies?: object } | null)?.dependencies ?? {},
    )) {
      const ref = typeof raw === 'string' ? raw : String((raw as { version?: unknown } | null)?.version);
      // What it got is in the tree under its own name.
      const isThere = known.has(key) || names.some((name) => ref.includes(name));
      mustHold(isThere || ref.startsWith('link:'), `${key} of an importer is not in the tree`);
    }
  }
}
