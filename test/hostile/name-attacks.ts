/** A name, how it is called in a sentence, and what has to become of it. */
export type NameAttack = {
  readonly attack: string;
  readonly name: string;
  /**
   * `invalid`: nothing could be installed under it, and nobody is asked. `asked`: it could exist, and the registry is asked for
   * `path`. `known`: the bundled names hold it.
   */
  readonly kind: 'invalid' | 'asked' | 'known';
  /** Of `asked`: the path of the one request. */
  readonly path?: string;
  /** Signals that it must have where it is a direct dependency. */
  readonly signals?: readonly string[];
  /**
   * On a command line: `refused` as no spec, a path or URL that npm takes for bytes from `elsewhere`, or read as an `option` or as
   * more than a name. Default: the `same` as in files.
   */
  readonly typed?: 'refused' | 'elsewhere' | 'option' | 'same';
};

const CONTROL: readonly NameAttack[] = [
  ['a name with a NUL', 'zq\u0000b'],
  ['a name with a newline', 'zq\nb'],
  ['a name with a carriage return', 'zq\rb'],
  ['a name with a tab', 'zq\tb'],
  ['a name with an escape sequence', 'zq\u001b[2Jb'],
  ['a name with a C1 control character', 'zq\u009b2Jb'],
  ['a name with a right-to-left override', 'zq\u202eb'],
  ['a name with a left-to-right isolate', 'zq\u2066b'],
  ['a name with a zero-width space', 'zq\u200bb'],
  ['a name with a soft hyphen', 'zq\u00adb'],
  ['a name with a byte order mark', 'zq\ufeffb'],
  ['a name with a tag character', 'zq\u{e0041}'],
  ['a name with half of a surrogate pair', 'zq\ud800b'],
].map(([attack = '', name = '']) => ({ attack, name, kind: 'invalid', typed: 'refused' }));

const LOOK_ALIKES: readonly NameAttack[] = [
  ['react with a Cyrillic a', 're\u0430ct'],
  ['react with a Greek rho', '\u03c1eact'],
  ['express in fullwidth letters', '\uff45\uff58\uff50\uff52\uff45\uff53\uff53'],
  ['express with a mathematical e', '\u{1d452}xpress'],
  ['express with a combining accent', 'e\u0301xpress'],
  ['lodash with a dotless look-alike of l', '\u04cfodash'],
  ['a pile of poo', '\u{1f4a9}'],
].map(([attack = '', name = '']) => ({ attack, name, kind: 'invalid', typed: 'refused' }));

const QUOTES: readonly NameAttack[] = [
  ['a name with a space', 'zq b'],
  ['a name with a double quote', 'zq"b'],
  ['a name with a backtick', 'zq`b'],
  ['a name with a backslash', 'zq\\b'],
  ['a name that runs a command', 'zq$(id)'],
  ['a name with a semicolon', 'zq;id'],
  ['a name with a pipe', 'zq|id'],
  ['a name with a question mark', 'zq?write=true'],
  ['a name with a hash', 'zq#frag'],
  ['an encoded slash', 'zq%2fb'],
  ['an encoded scope', '@zq%2fb'],
  ['encoded dots', '%2e%2e'],
  ['a doubly encoded slash', 'zq%252fb'],
].map(([attack = '', name = '']) => ({ attack, name, kind: 'invalid', typed: 'refused' }));

export const NAME_ATTACKS: readonly NameAttack[] = [
  { attack: 'an empty name', name: '', kind: 'invalid', typed: 'refused' },
  { attack: 'a name of 215 characters', name: 'z'.repeat(215), kind: 'invalid', typed: 'refused' },
  {
    attack: 'a scoped name of 215 characters',
    name: `@zq/${'z'.repeat(211)}`,
    kind: 'invalid',
    typed: 'refused',
  },
  { attack: 'a name of 4,000 characters', name: 'z'.repeat(4000), kind: 'invalid', typed: 'refused' },
  { attack: 'a name of 214 characters', name: 'z'.repeat(214), kind: 'asked', path: `/${'z'.repeat(214)}` },
  { attack: '__proto__', name: '__proto__', kind: 'invalid', typed: 'refused' },
  { attack: 'constructor', name: 'constructor', kind: 'asked', path: '/constructor' },
  { attack: 'toString', name: 'toString', kind: 'asked', path: '/toString' },
  { attack: 'hasOwnProperty', name: 'hasOwnProperty', kind: 'asked', path: '/hasOwnProperty' },
  { attack: 'two dots', name: '..', kind: 'invalid', typed: 'elsewhere' },
  { attack: 'one dot', name: '.', kind: 'invalid', typed: 'elsewhere' },
  { attack: 'a path upwards', name: '../../zq', kind: 'invalid', typed: 'elsewhere' },
  { attack: 'an absolute path', name: '/etc/zq', kind: 'invalid', typed: 'elsewhere' },
  { attack: 'a path in the home', name: '~/zq', kind: 'invalid', typed: 'elsewhere' },
  { attack: 'a path of Windows', name: 'C:\\zq', kind: 'invalid', typed: 'elsewhere' },
  { attack: 'an encoded path upwards', name: '..%2f..%2fzq', kind: 'invalid', typed: 'elsewhere' },
  { attack: 'a scope of two dots', name: '@../zq', kind: 'asked', path: '/@..%2fzq' },
  { attack: 'two dots in a scope', name: '@zq/..', kind: 'invalid', typed: 'elsewhere' },
  { attack: 'a path out of a scope', name: '@types/../express', kind: 'invalid', typed: 'elsewhere' },
  { attack: 'a scope without a name', name: '@zq', kind: 'invalid', typed: 'refused' },
  { attack: 'a scope with a slash and no name', name: '@zq/', kind: 'invalid', typed: 'elsewhere' },
  { attack: 'a name in a scope without letters', name: '@/zq', kind: 'invalid', typed: 'elsewhere' },
  { attack: 'a name of three parts', name: '@zq/a/b', kind: 'invalid', typed: 'elsewhere' },
  {
    attack: 'a flag with a registry',
    name: '--registry=http://attacker.invalid',
    kind: 'invalid',
    typed: 'option',
  },
  { attack: 'a flag of one letter', name: '-g', kind: 'asked', path: '/-g', typed: 'option' },
  { attack: 'two hyphens', name: '--', kind: 'asked', path: '/--', typed: 'option' },
  {
    attack: 'a URL of a tarball',
    name: 'https://attacker.invalid/zq.tgz',
    kind: 'invalid',
    typed: 'elsewhere',
  },
  {
    attack: 'a URL of git',
    name: 'git+https://attacker.invalid/zq.git',
    kind: 'invalid',
    typed: 'elsewhere',
  },
  { attack: 'an alias as a name', name: 'npm:express', kind: 'invalid', typed: 'option' },
  { attack: 'a module of node with its prefix', name: 'node:fs', kind: 'invalid', typed: 'refused' },
  { attack: 'a leading dot', name: '.zq', kind: 'invalid', typed: 'elsewhere' },
  { attack: 'a leading underscore', name: '_zq', kind: 'invalid', typed: 'refused' },
  { attack: 'a leading dot in a scope', name: '@zq/.zq', kind: 'invalid', typed: 'elsewhere' },
  { attack: 'a leading space', name: ' zq', kind: 'invalid', typed: 'option' },
  { attack: 'a space at the end', name: 'zq ', kind: 'invalid', typed: 'option' },
  { attack: 'node_modules', name: 'node_modules', kind: 'invalid', typed: 'refused' },
  { attack: 'node_modules in upper case', name: 'NODE_MODULES', kind: 'invalid', typed: 'refused' },
  { attack: 'favicon.ico', name: 'favicon.ico', kind: 'invalid', typed: 'refused' },
  { attack: 'punycode of a look-alike', name: 'xn--80ak6aa92e', kind: 'asked', path: '/xn--80ak6aa92e' },
  { attack: 'a legacy name in upper case', name: 'JSONStream', kind: 'known' },
  {
    attack: 'an established name in upper case that nobody owns',
    name: 'EXPRESS',
    kind: 'asked',
    path: '/EXPRESS',
    signals: ['TYPOSQUAT'],
  },
  { attack: 'a single quote', name: "zq'b", kind: 'asked', path: "/zq'b" },
  { attack: 'a star', name: '*', kind: 'asked', path: '/*' },
  { attack: 'brackets', name: 'zq(b)', kind: 'asked', path: '/zq(b)' },
  { attack: 'a number', name: '1', kind: 'asked', path: '/1' },
  ...CONTROL,
  ...LOOK_ALIKES,
  ...QUOTES,
];
