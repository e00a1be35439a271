import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { kindOf } from '../../../src/mentions/file-kind.js';
import { mentionTree } from '../../../src/mentions/mention-tree.js';
import { readMentions } from '../../../src/mentions/read-mentions.js';

const ROOT = path.resolve(import.meta.dirname, '../../fixtures/mentions');
const FILES = readdirSync(ROOT, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)))
  .toSorted();

/** Every name that begins like this has to be found where it stands; those with `zq-not` are none. */
function namesToFind(): readonly string[] {
  return FILES.filter((file) => kindOf(file) !== null).flatMap((file) =>
    readFileSync(path.join(ROOT, file), 'utf8')
      .split('\n')
      .flatMap((line, index) =>
        [...line.matchAll(/@?zq-find[\w-]*(?:(?<=@[\w-]*)\/\w+)?/g)].map(
          ({ 0: name, index: column }) => `${file}:${index + 1}:${column + 1} ${name}`,
        ),
      ),
  );
}

const found = await readMentions({ root: ROOT, context: FILES, files: FILES });
const { tree, locations } = mentionTree(found);
const reported = tree.entries.flatMap(({ id, name }) =>
  (locations.get(id) ?? []).map(({ file, line, column }) => `${file}:${line}:${column} ${written(name)}`),
);

/** What `npm create` makes of a name. */
function written(name: string): string {
  return name.replace(/^create-/, '').replace(/\/create$/, '');
}

describe('a corpus of documents and sources with invented names', () => {
  it('gives every name that is installed, run or imported, with its line and column', () => {
    expect(reported.filter((one) => one.includes('zq-find')).toSorted()).toEqual(namesToFind().toSorted());
  });

  it('gives no name that is none, is declared, or is the project’s own', () => {
    expect(reported.filter((one) => !one.includes('zq-find'))).toEqual(['src/a.ts:24:20 zq-hex']);
  });

  it('is read to its end', () => {
    expect(found.unchecked).toEqual([]);
  });

  it('has a name in every kind of file that is read', () => {
    const files = new Set(namesToFind().map((one) => one.split(':')[0]));
    expect(FILES.filter((file) => kindOf(file) !== null && !files.has(file))).toEqual([
      'app/zq-not.ts',
      'src/types.d.ts',
      'vite.config.ts',
    ]);
  });
});
