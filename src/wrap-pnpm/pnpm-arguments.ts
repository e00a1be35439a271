import type { PnpmLine } from './pnpm-line.js';

/** Said by the guard itself, or of no meaning where a lockfile is installed as it is. */
const OURS = new Set(
  'dir prefix global location global-dir frozen-lockfile prefer-frozen-lockfile lockfile-only fix-lockfile'.split(
    ' ',
  ),
);
/** Of add, update and remove: what they write, which is written by then. */
const SAVING =
  /^(?:save-.*|save|prod|production|dev|optional|D|P|O|E|latest|workspace|allow-build|depth|interactive)$/;

/** The command line that resolves in a copy, writes the lockfile there and does nothing else. */
export function stagedArguments({ words, isGlobal }: PnpmLine): readonly string[] {
  const kept = words.filter(
    ({ kind, name }) => kind === 'word' || !(OURS.has(name) || (isGlobal === true && name === 'allow-build')),
  );
  return [...kept.flatMap(({ given }) => given), '--lockfile-only', '--config.ignore-scripts=true'];
}

/** The command line that installs the judged lockfile; pnpm refuses where it does not fit the manifests. */
export function frozenArguments({ words, effect }: PnpmLine): readonly string[] {
  const options = words.filter(
    ({ kind, name }) => kind === 'option' && !OURS.has(name) && (effect === 'install' || !SAVING.test(name)),
  );
  return ['install', ...options.flatMap(({ given }) => given), '--frozen-lockfile'];
}
