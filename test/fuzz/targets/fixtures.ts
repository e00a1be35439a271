import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A file of test/fixtures. The fuzzer and vitest both run in the root of the repository. */
export function fixture(name: string): string {
  return readFileSync(path.resolve('test/fixtures', name), 'utf8');
}

export const JSON_WORDS = [
  ...['{', '}', '[', ']', '"', ':', ',', 'null', 'true', '{}', '[]', '""', '\\u0000', '\\', '\uFEFF'],
  ...['"__proto__":', '"constructor":', '{"a":', '[[[[', '1e999', '/*', '//'],
];
export const NAME_WORDS = ['zq-a', '@zq/b', '..', '../', '/', '@', '-', '\u202e', 'A'.repeat(215), 'xn--'];
export const SPEC_WORDS = [
  ...[
    '*',
    '^1.0.0',
    'latest',
    '1.0.0',
    'npm:zq-c@1.0.0',
    'npm:',
    'file:../zq',
    'link:',
    'workspace:*',
    'jsr:@zq/d',
  ],
  ...[
    'git+https://host.example.test/a.git#1',
    'github:a/b',
    'https://host.example.test/a.tgz',
    'catalog:',
    '>=1 <2',
  ],
];
export const YAML_WORDS = [
  ...[
    '- ',
    ': ',
    '\n',
    '\n  ',
    '\n    ',
    '---\n',
    '...\n',
    '&a ',
    '*a',
    '<<: *a',
    '!!str ',
    '!!js/function ',
    '? ',
  ],
  ...['|\n', '>-\n', "'", '"', '{', '}', '[', ']', '#', '%YAML 1.1\n', '\t', '~', 'null', '(', ')'],
];
