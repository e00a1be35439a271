import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GuardError } from '../../../src/errors.js';
import { finishTree } from '../../../src/lockfile/finish-tree.js';
import { parseManifest } from '../../../src/lockfile/manifest.js';
import { parsePackageLock } from '../../../src/lockfile/npm/parse-package-lock.js';
import { parsePnpmLock } from '../../../src/lockfile/pnpm/parse-pnpm-lock.js';
import { parsePnpmWorkspace } from '../../../src/lockfile/pnpm/pnpm-workspace.js';
import { readPnpmDocuments } from '../../../src/lockfile/pnpm/read-pnpm-documents.js';
import { pathsTo } from '../../../src/tree/requested-by.js';
import { pnpmTree } from './lockfile-builders.js';

const FIXTURES = path.resolve(import.meta.dirname, '../../fixtures/lockfiles');
const fixture = (name: string): string => readFileSync(path.join(FIXTURES, name), 'utf8');
const fail = (detail: string): GuardError => new GuardError('MANIFEST_UNREADABLE', detail, '');

const NPM = ['npm-v1/package-lock.json', 'npm-v2/package-lock.json', 'npm-v3/package-lock.json'].map(fixture);
const PNPM = ['pnpm-5.4', 'pnpm-6.0', 'pnpm-9.0', 'pnpm-9.0-config-dependencies'].map((folder) =>
  fixture(`${folder}/pnpm-lock.yaml`),
);

const fragment = fc.oneof(
  fc.string(),
  fc.constantFrom(
    '{',
    '}',
    '[]',
    '"',
    ':',
    ',',
    '\n',
    '\n  ',
    'null',
    '1',
    'true',
    '__proto__',
    '---\n',
    '&a',
    '*a',
    '(',
    '@',
  ),
);
/** A real lockfile with one part of it replaced. */
const mutated = (texts: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...texts), fc.nat(10_000), fc.nat(40), fragment)
    .map(
      ([text, at, length, insert]) =>
        text.slice(0, at % text.length) + insert + text.slice((at % text.length) + length),
    );

/** A real lockfile in which one value somewhere is another one. */
const reshaped = (texts: readonly string[]): fc.Arbitrary<string> =>
  fc.tuple(fc.constantFrom(...texts), fc.nat(), fc.jsonValue({ maxDepth: 1 })).map(([text, index, value]) => {
    let left = index % (text.match(/":/g) ?? ['']).length;
    return JSON.stringify(JSON.parse(text, (_key, old) => (left-- === 0 ? value : old)));
  });

async function expectTreeOrGuardError(run: () => unknown): Promise<void> {
  try {
    await run();
  } catch (error) {
    expect(error).toBeInstanceOf(GuardError);
  }
}

const parseNpm = async (text: string): Promise<void> => {
  const input = { text, file: 'package-lock.json', format: 'package-lock', path: null } as const;
  const tree = await finishTree(parsePackageLock({ ...input, manifest: null }));
  for (const { id } of tree.entries) pathsTo(tree, id);
};

describe('whatever the bytes', () => {
  it.each([
    ['any text', fc.string()],
    ['any JSON', fc.json()],
    ['any packages', fc.json().map((json) => `{"lockfileVersion":3,"packages":${json}}`)],
    ['a mutated lockfile', mutated(NPM)],
    ['a reshaped lockfile', reshaped(NPM)],
  ])('a package-lock.json is a tree or a GuardError: %s', async (_title, texts) => {
    await fc.assert(fc.asyncProperty(texts, (text) => expectTreeOrGuardError(() => parseNpm(text))));
  });

  it.each([
    ['any text', fc.string()],
    ['any JSON as a document', fc.json().map((json) => `lockfileVersion: '9.0'\npackages: ${json}\n`)],
    ['a mutated lockfile', mutated(PNPM)],
  ])('a pnpm-lock.yaml is a tree or a GuardError: %s', async (_title, texts) => {
    await fc.assert(fc.asyncProperty(texts, (text) => expectTreeOrGuardError(() => pnpmTree(text))));
  });

  it('parsed YAML is a tree or a GuardError', async () => {
    const version = fc.constantFrom('5.4', '6.0', '9.0');
    const lists = fc.jsonValue();
    const documents = fc.array(
      fc.record({ lockfileVersion: version, importers: lists, packages: lists, snapshots: lists }),
    );
    const parse = (list: readonly unknown[]): unknown =>
      finishTree(parsePnpmLock({ file: 'pnpm-lock.yaml', path: null, documents: list }));
    await fc.assert(fc.asyncProperty(documents, (list) => expectTreeOrGuardError(() => parse(list))));
  });

  it('a package.json and a pnpm-workspace.yaml are read or refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), (text) =>
        expectTreeOrGuardError(() => parseManifest({ text, file: 'package.json' })),
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), (value) =>
        expectTreeOrGuardError(() => parsePnpmWorkspace(value, fail)),
      ),
    );
  });

  it('both readers of pnpm agree on what both can read', async () => {
    for (const text of PNPM.slice(1, 3)) {
      const file = 'pnpm-lock.yaml';
      const viaPnpm = parsePnpmLock({ file, path: null, documents: await readPnpmDocuments({ text, file }) });
      const asYaml = await readPnpmDocuments({ text: `${text}\n# __proto__\n`, file });
      expect(parsePnpmLock({ file, path: null, documents: asYaml })).toEqual(viaPnpm);
    }
  });
});
