import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DraftTree } from '../../../src/lockfile/draft-tree.js';
import { parsePnpmLock } from '../../../src/lockfile/pnpm/parse-pnpm-lock.js';
import { readPlainYaml } from '../../../src/lockfile/pnpm/plain-yaml/read-plain-yaml.js';
import { readPnpmDocuments } from '../../../src/lockfile/pnpm/read-pnpm-documents.js';
import { readsTheSame } from '../../../src/lockfile/pnpm/reads-the-same.js';

const file = 'pnpm-lock.yaml';
const FIXTURE = readFileSync(
  path.resolve(import.meta.dirname, '../../fixtures/lockfiles/pnpm-9.0/pnpm-lock.yaml'),
  'utf8',
);
/** A comment, which the plain reader leaves to the libraries. */
const NOTE = '\n# a note\n';

const asPlain = (text: string): readonly unknown[] | null => {
  const documents = readPlainYaml(text);
  return documents?.every(readsTheSame) === true ? documents : null;
};
const tree = (documents: readonly unknown[]): DraftTree => parsePnpmLock({ file, path: null, documents });
/** The tree, or why there is none. */
const outcome = async (read: () => Promise<readonly unknown[]>): Promise<DraftTree | string> => {
  try {
    return tree(await read());
  } catch (error) {
    return String(error);
  }
};
const lock = (importer: string, info: string, snapshots: string): string =>
  `lockfileVersion: '9.0'\nimporters:\n  .:\n${importer}packages:\n  a@1.0.0:\n    resolution: {integrity: x}\n${info}snapshots:\n${snapshots}`;
const LISTS = '    dependencies:\n      a:\n        specifier: ^1.0.0\n        version: 1.0.0\n';

/** Lines of the lockfile that change places, are doubled, lost, or get the key of another line. */
const mutated = fc
  .array(fc.tuple(fc.constantFrom('swap', 'copy', 'drop', 'key', 'value'), fc.nat(), fc.nat()), {
    minLength: 1,
    maxLength: 3,
  })
  .map((changes) => {
    const lines = FIXTURE.split('\n');
    for (const [kind, one, other] of changes) {
      const [at, from] = [one % lines.length, other % lines.length];
      const [line = '', source = ''] = [lines[at], lines[from]];
      const [indent = ''] = /^ */.exec(line) ?? [];
      if (kind === 'swap') [lines[at], lines[from]] = [source, line];
      else if (kind === 'copy') lines.splice(at, 0, source);
      else if (kind === 'drop') lines.splice(at, 1);
      else if (kind === 'key')
        lines[at] = indent + source.trim().replace(/:( .*)?$/, '') + (/:( .*)?$/.exec(line)?.[0] ?? '');
      else lines[at] = line.replace(/:( .*)?$/, '') + (/:( .*)?$/.exec(source)?.[0] ?? '');
    }
    return lines.join('\n');
  });

describe('a pnpm-lock.yaml as pnpm writes it', () => {
  it('is the same tree through the plain reader and through that of pnpm', async () => {
    for (const text of [FIXTURE, lock(LISTS, '', '  a@1.0.0: {}\n')]) {
      const documents = asPlain(text);
      expect(documents).not.toBeNull();
      expect(tree(documents ?? [])).toEqual(tree(await readPnpmDocuments({ text: text + NOTE, file })));
    }
  });

  it('is the same tree, or left to pnpm’s reader, whatever lines change', async () => {
    await fc.assert(
      fc.asyncProperty(mutated, async (text) => {
        const documents = asPlain(text);
        if (documents === null) return;
        const viaPnpm = await outcome(() => readPnpmDocuments({ text: text + NOTE, file }));
        expect({ text, read: await outcome(async () => documents) }).toEqual({ text, read: viaPnpm });
      }),
      { numRuns: Number(process.env['PLAIN_YAML_RUNS'] ?? 500) },
    );
  }, 1e9);
});

describe('a pnpm-lock.yaml of which the two readers differ', () => {
  it.each([
    ['another version', FIXTURE.replace("'9.0'", "'6.0'")],
    ['no importers', "lockfileVersion: '9.0'\n"],
    ['a package without a snapshot', lock(LISTS, '', '  b@1.0.0: {}\n')],
    ['a snapshot without a package', lock(LISTS, '', '  a@1.0.0: {}\n  b@1.0.0: {}\n')],
    ['dependencies in packages', lock(LISTS, '    dependencies:\n      b: 1.0.0\n', '  a@1.0.0: {}\n')],
    ['a name in snapshots', lock(LISTS, '', '  a@1.0.0:\n    name: b\n')],
    ['nothing for a snapshot', lock(LISTS, '', '  a@1.0.0:\n')],
    ['brackets that are no peers', lock(LISTS, '', '  a@1.0.0(b)c: {}\n')],
    ['a dependency without a specifier', lock('    dependencies:\n      a: 1.0.0\n', '', '  a@1.0.0: {}\n')],
    ['specifiers apart', lock(`${LISTS}    specifiers:\n      a: ^1.0.0\n`, '', '  a@1.0.0: {}\n')],
    [
      'two specifiers',
      lock(LISTS + LISTS.replace('dep', 'devDep').replace('^1', '^2'), '', '  a@1.0.0: {}\n'),
    ],
    ['a list for a map', lock('    dependencies: [a]\n', '', '  a@1.0.0: {}\n')],
  ])('is left to the libraries: %s', (_, text) => {
    expect(readPlainYaml(text)).not.toBeNull();
    expect(asPlain(text)).toBeNull();
  });
});
