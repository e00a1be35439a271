import type { FileKind } from '../../../src/mentions/file-kind.js';
import { mentionsIn } from '../../../src/mentions/mentions-in.js';
import { type FuzzTarget, mustHold } from '../target.js';
import { fixture, JSON_WORDS, YAML_WORDS } from './fixtures.js';

type Kind = {
  readonly kind: FileKind;
  readonly path: string;
  readonly seeds: () => readonly string[];
  readonly words: readonly string[];
};

const COMMANDS = [
  'npm i zq-a',
  'npx zq-b',
  'pnpm add ',
  '$(',
  '`',
  '"',
  "'",
  '\\',
  '\n',
  '&&',
  '${',
  '}',
  '# ',
  '$ ',
  ' ',
];
const MARKDOWN = [
  '```sh\n',
  '```js\n',
  '```\n',
  '~~~\n',
  '> ',
  '- ',
  '    ',
  '<!-- ',
  ' -->',
  '[a](',
  '](',
  '|',
  '---\n',
  '<pre>',
  '`',
];
const SCRIPT = [
  ...[
    "import a from 'zq-a';",
    "require('zq-b')",
    'import(',
    'export * from ',
    '/*',
    '*/',
    '//',
    '`${',
    '}`',
    '/re/',
    '<a>',
    '</a>',
  ],
  ...[
    'function ',
    '=>',
    '(',
    ')',
    '{',
    '}',
    'async<T>(',
    '@',
    '?.',
    '#',
    ' as ',
    'declare module "',
    'import type ',
    '\\u{',
  ],
];

const KINDS: readonly Kind[] = [
  {
    kind: 'markdown',
    path: 'a.md',
    seeds: () => [fixture('mentions/README.md'), fixture('mentions/AGENTS.md')],
    words: [...MARKDOWN, ...COMMANDS],
  },
  {
    kind: 'mdx',
    path: 'a.mdx',
    seeds: () => ["import A from 'zq-a'\n\n# B\n\n<A>{`npm i zq`}</A>\n\n```sh\nnpm i zq-b\n```\n"],
    words: [...MARKDOWN, ...SCRIPT],
  },
  {
    kind: 'script',
    path: 'a.ts',
    seeds: () => [
      "import a, { b } from 'zq-a';\nexport * from \"@zq/b\";\nconst c = require('zq-c'), d = await import(`zq-d`);\ntype E = import('zq-e').F<G>;\nif (a) /x['\"]y/.test(b);\n",
    ],
    words: SCRIPT,
  },
  {
    kind: 'component',
    path: 'a.vue',
    seeds: () => [
      "---\nimport a from 'zq-a';\n---\n<script setup lang=\"ts\">\nimport b from 'zq-b';\n</script>\n<template><p>npm i zq</p></template>\n",
    ],
    words: [...SCRIPT, '<script>', '</script>', '---\n', '<template>'],
  },
  {
    kind: 'yaml',
    path: 'action.yml',
    seeds: () => [
      'on: push\njobs:\n  a:\n    steps:\n      - run: npm i zq-a\n      - run: |\n          npx zq-b\n          pnpm add zq-c\n      - uses: ./a\n        with: { run: "npm i zq-d" }\nscript:\n  - npm i zq-e\n',
    ],
    words: [...YAML_WORDS, ...COMMANDS, 'run: ', 'script:\n'],
  },
  {
    kind: 'dockerfile',
    path: 'Dockerfile',
    seeds: () => [fixture('mentions/Dockerfile')],
    words: [
      ...COMMANDS,
      'RUN ',
      'RUN ["npm","i","zq"]',
      'RUN <<EOF\n',
      'EOF\n',
      'CMD ',
      '# escape=`\n',
      'ONBUILD ',
    ],
  },
  {
    kind: 'groovy',
    path: 'Jenkinsfile',
    seeds: () => [fixture('mentions/Jenkinsfile')],
    words: [...COMMANDS, "sh '''", "'''", 'sh "', 'script {', '/*', '*/', '//'],
  },
  {
    kind: 'shell',
    path: 'a.sh',
    seeds: () => [fixture('mentions/setup.sh')],
    words: [...COMMANDS, '<<EOF\n', 'EOF\n', 'for a in ', 'do ', 'done', '((', '))'],
  },
  {
    kind: 'manifest',
    path: 'package.json',
    seeds: () => [fixture('mentions/package.json')],
    words: [...JSON_WORDS, ...COMMANDS, '"scripts":'],
  },
];

/** What `check --docs` reads. Holds besides: a name stands where it is said to stand, within the text. */
export const documents: readonly FuzzTarget[] = KINDS.map(({ kind, path, seeds, words }) => ({
  name: `docs-${kind}`,
  seeds,
  words,
  run: (bytes) => {
    const text = bytes.toString('utf8');
    const { mentions } = mentionsIn(text, path, kind, () => true);
    if (mentions.length === 0) return;
    const lines = text.split(/\r\n|\n|\r/);
    for (const { line, column } of mentions) {
      const isWithin = line >= 1 && column >= 1 && column <= (lines[line - 1] ?? '').length + 1;
      mustHold(isWithin, `${line}:${column} is outside of the text`);
    }
  },
}));
