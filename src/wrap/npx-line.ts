/** What npm's own definitions say of the options. */
export type OptionTable = {
  /** Takes no value. */
  readonly isSwitch: (option: string) => boolean;
  /** What a short form stands for; `null` for what is none. */
  readonly expand: (option: string) => readonly string[] | null;
};

/** Short forms that mean something else to npx than to npm, as in its npx-cli.js. */
const OWN: Readonly<Record<string, string>> = { p: '--package', shell: '--script-shell' };
/** Switches of npx that npm doesn't define. */
const SWITCHES = new Set(['quiet', 'q', 'version', 'v', 'help', 'h']);

/**
 * The arguments of `npx` as those of `npm exec`: what follows the first word belongs to the program.
 * https://github.com/npm/cli/blob/latest/bin/npx-cli.js
 */
export function npxToExec(argv: readonly string[], table: OptionTable): readonly string[] {
  const before: string[] = [];
  const open = [...argv];
  for (let argument = open.shift(); argument !== undefined; argument = open.shift()) {
    if (argument === '--') return ['exec', ...before, '--', ...open];
    if (!argument.startsWith('-')) return ['exec', ...before, '--', argument, ...open];
    before.push(...takeOption(argument, open, table));
  }
  return ['exec', ...before];
}

function nameOf(key: string, argument: string): string {
  if (key === 'no-install') return '--yes=false';
  return OWN[key] ?? argument.split('=')[0] ?? argument;
}

function takesNext(key: string, next: string | undefined, table: OptionTable): boolean {
  if (next === undefined || key === 'no-install' || SWITCHES.has(key) || table.isSwitch(key)) return false;
  return Object.hasOwn(OWN, key) || !next.startsWith('-');
}

/** The option as npm knows it, with its value; a short form goes back to what is `open`. */
function takeOption(argument: string, open: string[], table: OptionTable): readonly string[] {
  const [key = '', ...value] = argument.replace(/^-+/, '').split('=');
  const short = Object.hasOwn(OWN, key) ? null : table.expand(key);
  if (short !== null) {
    open.unshift(...short, ...(value.length > 0 ? [value.join('=')] : []));
    return [];
  }
  const option = [nameOf(key, argument), ...value].join('=');
  const isNextItsValue = value.length === 0 && takesNext(key, open[0], table);
  return isNextItsValue ? [option, open.shift() ?? ''] : [option];
}
