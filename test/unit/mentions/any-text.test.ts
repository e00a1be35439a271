import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FileKind } from '../../../src/mentions/file-kind.js';
import { mentionsIn } from '../../../src/mentions/mentions-in.js';

const PATHS: Readonly<Record<FileKind, string>> = {
  markdown: 'a.md',
  mdx: 'a.mdx',
  script: 'a.ts',
  component: 'a.astro',
  yaml: 'action.yml',
  dockerfile: 'Dockerfile',
  groovy: 'Jenkinsfile',
  shell: 'a.sh',
  manifest: 'package.json',
};
const KINDS = Object.keys(PATHS) as FileKind[];

const PIECES = [
  ...[
    'npm i ',
    'npx ',
    'import a from "',
    "require('",
    'import(`',
    '"',
    "'",
    '`',
    '```',
    '```js\n',
    '\n',
    '\r\n',
  ],
  ...[
    ' ',
    '\t',
    '\\',
    '${',
    '}',
    '{',
    '(',
    ')',
    '[',
    ']',
    '<',
    '>',
    '<script>',
    '</script>',
    '---\n',
    '#',
    '|',
    '&&',
  ],
  ...[
    ': ',
    '- ',
    'run: ',
    'RUN ',
    'declare module "',
    '{"scripts":{"a":"',
    '/*',
    '*/',
    '//',
    'zq-name',
    '@zq/name',
    '\0',
  ],
];
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join('')),
);

describe('a text of any kind', () => {
  it.each(KINDS)('gives mentions that stand in it, read as %s', (kind) => {
    fc.assert(
      fc.property(texts, (text) => {
        const lines = text.split(/\r\n|\n|\r/);
        for (const { text: name, line, column } of mentionsIn(text, PATHS[kind], kind, () => true).mentions) {
          expect(column).toBeGreaterThan(0);
          expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1);
          expect(typeof name).toBe('string');
        }
      }),
      { numRuns: 300 },
    );
  });

  it('does not pass for one that was read to its end where it is nested too deep', () => {
    const deep = '['.repeat(100_000);
    expect(
      mentionsIn(`{"scripts":${deep}`, 'package.json', 'manifest', () => true).incomplete,
    ).not.toBeNull();
    expect(mentionsIn('> '.repeat(100_000), 'a.md', 'markdown', () => true).incomplete).not.toBeNull();
  });
});

/** What takes a naive reader the square of its length, or worse. */
const COMMANDS = ['npm i "', 'npm i ', 'npm i $(', 'RUN [ "', ' ', '\n', '>', "'", "'''", '{', '['];
const SCRIPTS = [
  'async<T>(',
  '(',
  '{',
  'a?(b):c=>(',
  'import "',
  "from '",
  '`${',
  '/*',
  'export ',
  'from/*',
  'createRequire(',
];
const SLOW: Readonly<Record<Exclude<FileKind, 'mdx'>, readonly string[]>> = {
  markdown: [
    '- ',
    '> ',
    '_a_*',
    '[a](',
    '`` ` ',
    '- a\n  ',
    '```\n',
    '```js\n',
    '<a',
    '`import "',
    ...COMMANDS,
  ],
  script: SCRIPTS,
  component: ['<script', '<script>', '---\n', '</script>'],
  yaml: ['- ', '? ', '&a *a ', 'a: ', '!a ', 'run: ', ...COMMANDS],
  dockerfile: COMMANDS,
  groovy: COMMANDS,
  shell: COMMANDS,
  manifest: ['{"scripts":', '{"scripts":{"a":"npm i \\"', ...COMMANDS],
};
const LENGTH = 100_000;

describe('a long text that repeats one thing', () => {
  it.each(Object.entries(SLOW))(
    'is read in time as %s',
    (kind, pieces) => {
      const slow = pieces.flatMap((piece) => {
        const text = `import 'zq-a'\n${piece.repeat(LENGTH / piece.length)}`;
        const startMs = performance.now();
        mentionsIn(text, PATHS[kind as FileKind], kind as FileKind, () => true);
        const elapsedMs = performance.now() - startMs;
        return elapsedMs < 3_000 ? [] : [`${piece}: ${Math.round(elapsedMs)} ms`];
      });
      expect(slow).toEqual([]);
    },
    60_000,
  );
});
