/** An option of a pnpm command line with its value, or a word that is none. */
export type PnpmWord = {
  readonly kind: 'option' | 'word';
  /** As it was given: one or two arguments. */
  readonly given: readonly string[];
  /** An option's long name without `--`, `config.` and `no-`; a word itself. */
  readonly name: string;
  /** `null` = none was given. */
  readonly value: string | null;
  readonly isNegated: boolean;
};

const SHORT: Readonly<Record<string, string>> = {
  C: 'dir',
  F: 'filter',
  g: 'global',
  r: 'recursive',
  w: 'workspace-root',
  D: 'save-dev',
  P: 'save-prod',
  O: 'save-optional',
  E: 'save-exact',
  L: 'latest',
  i: 'interactive',
  c: 'shell-mode',
  s: 'silent',
  h: 'help',
  v: 'version',
  d: 'loglevel-info',
};
/** Options whose value may be the next argument. */
const VALUED = new Set(
  'location dir prefix filter filter-prod reporter loglevel registry store-dir virtual-store-dir modules-dir lockfile-dir global-dir global-bin-dir workspace-concurrency child-concurrency network-concurrency test-pattern changed-files-ignore-pattern package allow-build save-catalog-name depth node-linker package-import-method cpu os libc hoist-pattern public-hoist-pattern pnpmfile global-pnpmfile config-dir cache-dir state-dir userconfig trust-lockfile resolution-mode fetch-timeout'.split(
    ' ',
  ),
);

/**
 * Cuts a command line of pnpm into options and words; what follows `--` is words.
 *
 * @param isOver whether all after the words so far belongs to another program
 */
export function pnpmWords(
  argv: readonly string[],
  isOver: (words: readonly string[]) => boolean = () => false,
): readonly PnpmWord[] {
  const open = [...argv];
  const result: PnpmWord[] = [];
  const words: string[] = [];
  const take = (argument: string): void => {
    words.push(argument);
    result.push({ kind: 'word', given: [argument], name: argument, value: null, isNegated: false });
  };
  for (let argument = open.shift(); argument !== undefined; argument = open.shift()) {
    if (isOver(words) || !/^-./.test(argument)) take(argument);
    else if (argument === '--') for (const rest of open.splice(0)) take(rest);
    else result.push(optionOf(argument, open));
  }
  return result;
}

function optionOf(argument: string, open: string[]): PnpmWord {
  const at = argument.indexOf('=');
  const [key, given] = at < 0 ? [argument, null] : [argument.slice(0, at), argument.slice(at + 1)];
  const long = key.startsWith('--') ? key.slice(2) : longOf(key.slice(1));
  const plain = long.replace(/^config\./, '');
  const isNegated = plain.startsWith('no-');
  const name = kebab(isNegated ? plain.slice(3) : plain);
  const isSplit = given === null && VALUED.has(name) && open.length > 0;
  const value = isSplit ? (open.shift() ?? null) : given;
  return { kind: 'option', given: isSplit ? [argument, String(value)] : [argument], name, value, isNegated };
}

/** Several letters in one go: one that changes where it installs must not be overlooked. */
function longOf(letters: string): string {
  if (letters.length > 1 && /[gi]/.test(letters)) return letters.includes('g') ? 'global' : 'interactive';
  return SHORT[letters] ?? letters;
}

function kebab(name: string): string {
  return /^[@/]/.test(name) ? name : name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
