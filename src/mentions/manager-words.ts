import { initializerSpec } from '../wrap/initializer.js';

/** A word of a command line that names a package, by its index, and the spec that it stands for. */
export type NamedWord = { readonly index: number; readonly spec: string; readonly kind: 'install' | 'run' };

type Verb = 'install' | 'run' | 'create' | 'global' | 'workspace';

const NPM_INSTALL = [
  ...['install', 'add', 'i', 'in', 'ins', 'inst', 'insta', 'instal', 'isnt', 'isnta', 'isntal', 'isntall'],
  ...['install-test', 'it'],
];

const verbs = (...lists: readonly (readonly [Verb, readonly string[]])[]): ReadonlyMap<string, Verb> =>
  new Map(lists.flatMap(([verb, words]) => words.map((word): [string, Verb] => [word, verb])));

/** By the program's word. A program without a verb of its own (`npx`) has it under the empty word. */
const VERBS: ReadonlyMap<string, ReadonlyMap<string, Verb>> = new Map([
  ['npm', verbs(['install', NPM_INSTALL], ['run', ['exec', 'x']], ['create', ['init', 'create', 'innit']])],
  ['npx', verbs(['run', ['']])],
  ['pnpm', verbs(['install', ['add', 'install', 'i']], ['run', ['dlx']], ['create', ['create']])],
  ['pnpx', verbs(['run', ['']])],
  [
    'yarn',
    verbs(
      ['install', ['add']],
      ['run', ['dlx']],
      ['create', ['create']],
      ['global', ['global']],
      ['workspace', ['workspace']],
    ),
  ],
  ['bun', verbs(['install', ['add', 'install', 'i', 'a']], ['run', ['x']], ['create', ['create', 'c']])],
  ['bunx', verbs(['run', ['']])],
]);

/** Options that take the next word, as the managers spell them. */
const TAKES_WORD = new Set(
  [
    'C F auth-type access allow-build arch before cache cache-folder cpu cwd depth dir fetch-retries fetch-timeout filter',
    'globalconfig https-proxy include install-strategy libc location lockfile-version loglevel maxsockets',
    'modules-folder mutex network-timeout node-options node-version noproxy omit only os otp platform prefix proxy',
    'registry reporter save-catalog-name save-prefix scope script-shell store-dir tag target user userconfig workspace',
  ]
    .flatMap((line) => line.split(' '))
    .map((name) => (name.length === 1 ? `-${name}` : `--${name}`)),
);
/** Of programs that run packages. */
const PACKAGE_OPTIONS = new Set(['--package', '-p']);
const CALL_OPTIONS = new Set(['--call', '-c']);

/** Which words of a command line name packages, if it installs or runs any. Pure. */
export function namedWords(words: readonly string[]): readonly NamedWord[] {
  const program = programOf(words[0] ?? '');
  if (program === 'deno') return denoWords(words);
  const known = VERBS.get(program);
  if (known === undefined) return [];
  const own = known.get('');
  if (own !== undefined) return wordsOf(own, words, 1, program);
  const at = nextOperand(words, 1, program);
  const verb = known.get(words[at] ?? '');
  if (verb === 'global' || verb === 'workspace') {
    const rest = at + (verb === 'global' ? 1 : 2);
    return words[rest] === 'add' ? wordsOf('install', words, rest + 1, program) : [];
  }
  return verb === undefined ? [] : wordsOf(verb, words, at + 1, program);
}

/** `npm` of `/usr/bin/npm`, `npm.cmd` and `npm@11`. */
function programOf(word: string): string {
  return word.replace(/^.*[\\/]/, '').replace(/(?:\.(?:cmd|exe|ps1))?(?:@[\w.-]+)?$/, '');
}

function wordsOf(verb: Verb, words: readonly string[], start: number, program: string): readonly NamedWord[] {
  if (verb === 'run') return runWords(words, start, program);
  const operands: number[] = [];
  for (
    let at = nextOperand(words, start, program);
    at < words.length;
    at = nextOperand(words, at + 1, program)
  )
    operands.push(at);
  if (verb === 'install')
    return operands.map((index) => ({ index, spec: words[index] ?? '', kind: 'install' }));
  return operands.slice(0, 1).map((index) => ({
    index,
    spec: initializerSpec(words[index] ?? ''),
    kind: 'run',
  }));
}

/** The packages of `--package`, else the first word; what follows is the program's own. */
function runWords(words: readonly string[], start: number, program: string): readonly NamedWord[] {
  const packages: NamedWord[] = [];
  let calls = false;
  let at = start;
  while (at < words.length && (words[at] ?? '').startsWith('-')) {
    const [option = '', value] = (words[at] ?? '').split('=', 2);
    if (PACKAGE_OPTIONS.has(option)) packages.push(packageOption(words, at, value));
    calls ||= CALL_OPTIONS.has(option);
    at += value === undefined && takesWord(option, program) ? 2 : 1;
  }
  if (packages.length > 0 || calls || at >= words.length) return packages;
  return [{ index: at, spec: words[at] ?? '', kind: 'run' }];
}

/** `-p x`, `--package=x`. */
function packageOption(words: readonly string[], at: number, value: string | undefined): NamedWord {
  return value === undefined
    ? { index: at + 1, spec: words[at + 1] ?? '', kind: 'run' }
    : { index: at, spec: value, kind: 'run' };
}

function nextOperand(words: readonly string[], start: number, program: string): number {
  let at = start;
  while (at < words.length && (words[at] ?? '').startsWith('-'))
    at += takesWord(words[at] ?? '', program) ? 2 : 1;
  return at;
}

function takesWord(option: string, program: string): boolean {
  // `-w` is the root of the workspace for pnpm, `-p` no option of an install.
  return (
    TAKES_WORD.has(option) ||
    (option === '-w' && program === 'npm') ||
    PACKAGE_OPTIONS.has(option) ||
    CALL_OPTIONS.has(option)
  );
}

function denoWords(words: readonly string[]): readonly NamedWord[] {
  return words.flatMap((word, index) =>
    word.startsWith('npm:') ? [{ index, spec: word, kind: 'install' as const }] : [],
  );
}
