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
const TAKES_WORD = new Set([
  ...['--prefix', '-C', '--dir', '--cwd', '--filter', '-F', '--workspace', '--registry', '--tag', '--cache'],
  ...['--userconfig', '--globalconfig', '--loglevel', '--omit', '--include', '--only', '--otp', '--access'],
  ...['--save-prefix', '--script-shell', '--reporter', '--store-dir', '--network-timeout', '--cache-folder'],
  ...['--modules-folder', '--mutex', '--install-strategy', '--allow-build', '--depth', '--save-catalog-name'],
]);
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
  return operands.slice(0, 1).flatMap((index) => {
    const spec = initializerSpec(words[index] ?? '');
    return [{ index, spec, kind: 'run' as const }];
  });
}

/** The packages of `--package`, else the first word; what follows is the program's own. */
function runWords(words: readonly string[], start: number, program: string): readonly NamedWord[] {
  const packages: NamedWord[] = [];
  let calls = false;
  for (let at = start; at < words.length; at++) {
    const word = words[at] ?? '';
    const [option = '', value] = word.split('=', 2);
    if (PACKAGE_OPTIONS.has(option)) {
      packages.push(
        value === undefined
          ? { index: at + 1, spec: words[++at] ?? '', kind: 'run' }
          : { index: at, spec: value, kind: 'run' },
      );
    } else if (CALL_OPTIONS.has(option)) {
      calls = true;
      at++;
    } else if (word === '--') continue;
    else if (word.startsWith('-')) at += takesWord(word, program) ? 1 : 0;
    else return packages.length > 0 || calls ? packages : [{ index: at, spec: word, kind: 'run' }];
  }
  return packages;
}

function nextOperand(words: readonly string[], start: number, program: string): number {
  let at = start;
  while (at < words.length && (words[at] ?? '').startsWith('-'))
    at += takesWord(words[at] ?? '', program) ? 2 : 1;
  return at;
}

function takesWord(option: string, program: string): boolean {
  // `-w` is the root of the workspace for pnpm.
  return TAKES_WORD.has(option) || (option === '-w' && program === 'npm');
}

function denoWords(words: readonly string[]): readonly NamedWord[] {
  return words.flatMap((word, index) =>
    word.startsWith('npm:') ? [{ index, spec: word, kind: 'install' as const }] : [],
  );
}
