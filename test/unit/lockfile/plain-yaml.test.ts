import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import fc from 'fast-check';
import yaml from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { readPlainYaml } from '../../../src/lockfile/pnpm/plain-yaml/read-plain-yaml.js';

const FIXTURES = path.resolve(import.meta.dirname, '../../fixtures/lockfiles');
const FOLDERS = ['pnpm-5.4', 'pnpm-6.0', 'pnpm-9.0', 'pnpm-9.0-config-dependencies'];
const LOCKFILES = FOLDERS.map((folder) =>
  readFileSync(path.join(FIXTURES, folder, 'pnpm-lock.yaml'), 'utf8'),
);

const require = createRequire(import.meta.url);
/** The fork of js-yaml that pnpm reads its lockfiles with. */
const pnpmYaml = createRequire(require.resolve('@pnpm/lockfile-file'))('js-yaml') as typeof yaml;

/** One of everything that the reader takes, and of what looks like it. */
const SMALL = `---
lockfileVersion: '9.0'

importers:

  .:
    dependencies: {}
---
lockfileVersion: 5.4
settings:
  autoInstallPeers: true
  size: 1000
  none: null
  nothing:
importers:

  .:
    dependencies:
      a:
        specifier: ^1.0.0
        version: 1.0.0(b@2.0.0)

packages:

  '@s/a@1.0.0':
    resolution: {integrity: sha512-x==, tarball: https://h/a.tgz#x}
    engines: {node: '>=6', npm: ^8.1.0 || ^10.0.0}
    cpu: [x64, '!arm']
    hasBin: true
    deprecated: |-
      first  line: x # y

        second
    note: "a \\"b\\"\\n"

  b@2.0.0:
    variants:
      - resolution:
          archive: tarball
          type: 'it''s'
        targets:
          - cpu: x64
            os: aix
      - plain
      - [a, {b: c}]
`;

/** Equal with types and the order of keys, whatever the prototypes. */
function shown(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return { members: Object.entries(value).map(([key, inner]) => [key, shown(inner)]) };
}

function viaLibrary(library: typeof yaml, text: string): unknown {
  try {
    return library.loadAll(text).map(shown);
  } catch {
    return 'refused';
  }
}

/** @returns whether the text was read */
function expectSame(text: string): boolean {
  const plain = readPlainYaml(text);
  if (plain === null) return false;
  for (const library of [yaml, pnpmYaml]) {
    expect({ text, read: plain.map(shown) }).toEqual({ text, read: viaLibrary(library, text) });
  }
  return true;
}

const syntax = fc.constantFrom(
  ...' |  |    |\n|\n\n|\n  |\n    |\t|\r|\r\n|: |:|:\n|, |,|- |-|? |?|# | #|#|&a |*a|!!str |!|%YAML 1.2\n|@|`|{|}|[|]|{}|[]'.split(
    '|',
  ),
  ..."'|\"|''|\\|\\n|\\x41|>|>-\n|\0|\u0085|\u2028|\u00A0|\uFEFF|\uD800|\u{1F600}|ü".split('|'),
  ...'||-\n|+\n|2\n'.split('|').map((rest) => `|${rest}`),
  ...'~|null|Null|NULL|true|True|FALSE|yes|on|y|<<: |<<|=|1|-1|+1|0|00|01|0o7|0x1F|0b1|1_000|1.0|1.|.5|.|1e3|1E-3|.inf|-.INF|.nan|.NaN'.split(
    '|',
  ),
  ...'1:30|190:20:30|2001-01-01|2001-1-1 1:00:00|2001-12-14T21:59:43.10-05:00|__proto__|constructor|__proto__: |key: value\n'.split(
    '|',
  ),
  ...['---\n', '--- ', '...\n', '\n---\n', '- a\n', '  - a\n', 'a: b: c', "'a': ", "'a' : ", 'a : ', '1: '],
);
const place = fc.nat(1_000_000);
type Change = (text: string) => string;
const lineAt = (text: string, at: number): readonly [lines: string[], index: number] => {
  const lines = text.split('\n');
  return [lines, at % lines.length];
};
const change: fc.Arbitrary<Change> = fc.oneof(
  fc
    .tuple(
      place,
      fc.nat(3),
      fc.oneof(syntax, fc.string({ maxLength: 3 }), fc.string({ unit: 'binary', maxLength: 2 })),
    )
    .map(
      ([at, length, insert]): Change =>
        (text) => {
          const start = at % (text.length + 1);
          return text.slice(0, start) + insert + text.slice(start + length);
        },
    ),
  // In the place of a value, a key or a whole line.
  fc.tuple(place, syntax, fc.constantFrom(/: .*$/, /[^ ].*?(?=:( |$))/, /[^ ].*$/, /^ */, /$/)).map(
    ([at, insert, part]): Change =>
      (text) => {
        const [lines, index] = lineAt(text, at);
        return lines
          .with(
            index,
            (lines[index] ?? '').replace(part, (old) => (old.startsWith(': ') ? `: ${insert}` : insert)),
          )
          .join('\n');
      },
  ),
  fc.tuple(place, fc.constantFrom(-4, -2, -1, 1, 2, 4)).map(
    ([at, by]): Change =>
      (text) => {
        const [lines, index] = lineAt(text, at);
        const line = lines[index] ?? '';
        return lines.with(index, by > 0 ? ' '.repeat(by) + line : line.slice(-by)).join('\n');
      },
  ),
  fc.tuple(place, place, fc.boolean()).map(
    ([from, to, keep]): Change =>
      (text) => {
        const [lines, index] = lineAt(text, from);
        const moved = lines[index] ?? '';
        const rest = keep ? lines : lines.toSpliced(index, 1);
        return rest.toSpliced(to % (rest.length + 1), 0, moved).join('\n');
      },
  ),
  place.map(
    (at): Change =>
      (text) =>
        text.slice(0, at % text.length),
  ),
);
const mutated = (texts: readonly string[], most: number): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...texts), fc.array(change, { minLength: 1, maxLength: most }))
    .map(([text, changes]) => changes.reduce((changed, apply) => apply(changed), text));
/** A number of runs can be set for a long search: PLAIN_YAML_RUNS=100000. */
const RUNS = Number(process.env['PLAIN_YAML_RUNS'] ?? 2000);

describe('plain YAML', () => {
  it('is read as js-yaml reads it', () => {
    expect([SMALL, ...LOCKFILES].map(expectSame)).toEqual(Array(5).fill(true));
  });

  it.each([
    ['a mutated small text', mutated([SMALL], 3), RUNS * 4],
    ['a mutated lockfile', mutated(LOCKFILES, 2), RUNS],
    [
      'a value',
      fc
        .tuple(
          fc.constantFrom('a: ', 'a:\n  - ', 'a: {b: ', 'a: [', '', 'a:\n  b: |-\n    '),
          fc.array(fc.oneof(syntax, fc.string({ maxLength: 4 })), { maxLength: 4 }),
          fc.constantFrom('\n', '}\n', ']\n', ': b\n', '', '\nc: d\n'),
        )
        .map(([start, parts, end]) => start + parts.join('') + end),
      RUNS * 4,
    ],
    [
      'what js-yaml writes',
      fc.object({ maxDepth: 4 }).map((value) => yaml.dump({ a: value }, { lineWidth: -1, noRefs: true })),
      RUNS,
    ],
    ['any text', fc.string({ unit: 'binary' }).map((text) => `${text}\n`), RUNS],
  ])(
    'is left to js-yaml or read as it reads it: %s',
    (_, texts, numRuns) => {
      fc.assert(
        fc.property(texts, (text) => void expectSame(text)),
        { numRuns },
      );
    },
    1e9,
  );
});
