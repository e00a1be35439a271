import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTree } from '../../../../src/lockfile/read-tree.js';
import { lineOf } from '../../../../src/report/entry-lines/entry-lines.js';
import { jsonEntryLines } from '../../../../src/report/entry-lines/json-entry-lines.js';
import { pnpmEntryLines } from '../../../../src/report/entry-lines/pnpm-entry-lines.js';
import { EVAL_LOCKFILES, hasEvalData } from '../../../support/projects.js';

const FIXTURES = path.resolve(import.meta.dirname, '../../../fixtures/lockfiles');
const FILES = ['pnpm-lock.yaml', 'package-lock.json', 'npm-shrinkwrap.json'];

function lockfilesBelow(folder: string, projects: readonly string[]): readonly string[] {
  return projects
    .flatMap((project) => FILES.map((file) => path.join(folder, project, file)))
    .filter((file) => existsSync(file));
}

const linesIn = (file: string, text: string) =>
  file.endsWith('.json') ? jsonEntryLines(text) : pnpmEntryLines(text);

/** A line stands for an entry if it is its key: with the version in a lockfile of pnpm, the folder in one of npm. */
function isLineOf(line: string, name: string, alias: string | null, version: string): boolean {
  const key = alias ?? name;
  const isOfPnpm = line.includes(name) && line.includes(version) && line.trimEnd().endsWith(':');
  return isOfPnpm || line.trim() === `"${key}": {` || line.trim().endsWith(`node_modules/${key}": {`);
}

async function misplaced(file: string): Promise<readonly string[]> {
  const text = readFileSync(file, 'utf8');
  const rows = text.split('\n');
  const lines = linesIn(file, text);
  const { entries } = await readTree(file);
  const installed = entries.filter(
    ({ presence, source }) => presence === 'installed' && source === 'registry',
  );
  expect(installed.length).toBeGreaterThan(3);
  return installed.flatMap(({ name, alias, version, id }) => {
    const line = lineOf(lines, { name, alias, version });
    const row = line === null ? '' : (rows[line - 1] ?? '');
    return version !== null && isLineOf(row, name, alias, version) ? [] : [`${id}: ${line} ${row}`];
  });
}

describe('the line of a package in a lockfile', () => {
  const fixtures = lockfilesBelow(FIXTURES, [
    'npm-v1',
    'npm-v2',
    'npm-v3',
    'npm-v4',
    'npm-shrinkwrap',
    'pnpm-5.4',
    'pnpm-6.0',
    'pnpm-9.0',
    'pnpm-9.0-config-dependencies',
  ]);

  it.each(fixtures.map((file) => [path.relative(FIXTURES, file)]))('is its key in %s', async (file) => {
    expect(await misplaced(path.join(FIXTURES, file))).toEqual([]);
  });

  it.skipIf(!hasEvalData).each([['small'], ['medium'], ['monorepo'], ['xl']])(
    'is its key in the real lockfiles of the %s project',
    async (project) => {
      for (const file of lockfilesBelow(EVAL_LOCKFILES, [project])) expect(await misplaced(file)).toEqual([]);
    },
  );
});

describe('the line of a package in a manifest', () => {
  const text = [
    '{',
    '  "name": "project",',
    '  "dependencies": {',
    '    "zq-a": "^1.0.0",',
    '    "zq-alias": "npm:@zq/real@^2.0.0"',
    '  },',
    '  "scripts": { "zq-b": "npx zq-b" },',
    '  "peerDependencies": { "zq-b": "*" }',
    '}',
  ].join('\n');
  const lines = jsonEntryLines(text);
  const lineFor = (name: string, alias: string | null = null) =>
    lineOf(lines, { name, alias, version: null });

  it('is where it is asked for', () => {
    expect(lineFor('zq-a')).toBe(4);
    expect(lineFor('zq-b')).toBe(8);
  });

  it('is that of the alias, by which it is also found under its own name', () => {
    expect(lineFor('@zq/real', 'zq-alias')).toBe(5);
    expect(lineFor('@zq/real')).toBe(5);
  });

  it('is none where nobody asks for it', () => {
    expect(lineFor('zq-c')).toBeNull();
  });
});

describe('the line of a request in a lockfile of pnpm', () => {
  it('is that of the dependency, also where the name is a field of the format', () => {
    const text = [
      'importers:',
      '  .:',
      '    dependencies:',
      '      version:',
      "        specifier: '*'",
      '        version: 1.0.0',
    ];
    expect(pnpmEntryLines(text.join('\n')).requests).toEqual(new Map([['version', 4]]));
  });
});

describe('any text', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      '\n',
      '"',
      '\\',
      '"packages":{',
      '"dependencies":{',
      '"version":"1"',
    ),
    fc.constantFrom('packages:\n', '  ', "'", 'importers:\n', '/a/1.0.0:', '@b/c@2.0.0:', '\t', '#', '- '),
  );

  it('gives lines that it has', () => {
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('');
        const most = text.split('\n').length;
        for (const { entries, requests } of [jsonEntryLines(text), pnpmEntryLines(text)])
          for (const line of [...entries.values(), ...requests.values()]) {
            expect(line).toBeGreaterThan(0);
            expect(line).toBeLessThanOrEqual(most);
          }
      }),
    );
  });
});
