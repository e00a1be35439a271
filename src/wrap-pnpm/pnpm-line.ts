import { GuardError } from '../errors.js';
import { type PnpmEffect, pnpmEffect } from './pnpm-commands.js';
import { type PnpmWord, pnpmWords } from './pnpm-words.js';

/** A command line of pnpm, understood as far as the guard needs it. */
export type PnpmLine = {
  readonly effect: Exclude<PnpmEffect, 'open'>;
  readonly words: readonly PnpmWord[];
  /** What follows the command. */
  readonly operands: readonly string[];
  /** `-C`; `null` = where the user is. */
  readonly dir: string | null;
  /** `--registry`. */
  readonly registry: string | null;
  /** `-g`, or not; `null` = the command line doesn't say. */
  readonly isGlobal: boolean | null;
  /** Asks in the terminal what to do. */
  readonly isInteractive: boolean;
  /** Says what it would do, and does nothing. */
  readonly isCheck: boolean;
  /** The lockfile is installed as it is: `true`, `false`, or `null` where the command line doesn't say. */
  readonly isFrozen: boolean | null;
  readonly isLockfileOnly: boolean;
  readonly ignoresWorkspace: boolean;
  /** Of dlx. */
  readonly packages: readonly string[];
  readonly allowedBuilds: readonly string[];
  readonly isShell: boolean;
};

/** They change which lockfile or settings pnpm reads. */
const UNSERVED = new Set(
  'lockfile-dir lockfile git-branch-lockfile merge-git-branch-lockfiles shared-workspace-lockfile resolution-only userconfig globalconfig npmrc-auth-file pnpmfile global-pnpmfile config-dir save dry-run fix'.split(
    ' ',
  ),
);

/**
 * @param argv the arguments after `pnpm`
 * @throws GuardError NOT_YET for what has no guarded form in this version
 */
export function readPnpmLine(argv: readonly string[]): PnpmLine {
  const isOver = ([word = '', ...more]: readonly string[]): boolean => {
    const effect = pnpmEffect(word);
    if (word === '') return false;
    return (
      effect === null || effect === 'script' || ((effect === 'dlx' || effect === 'create') && more.length > 0)
    );
  };
  const words = pnpmWords(argv, isOver);
  const [word, ...operands] = words.filter(({ kind }) => kind === 'word').map(({ name }) => name);
  const options = words.filter(({ kind }) => kind === 'option');
  requireClear(options, words);
  const effect = effectOf(word, options);
  const isGlobal = globally(options);
  if (effect !== 'none' && effect !== 'script') requireServed(options);
  if (isSwitched(options, 'interactive') && effect !== 'none' && effect !== 'script' && effect !== 'update')
    throw notYet(`pnpm ${word} -i`);
  if (isGlobal === true && !GLOBALLY.has(effect)) throw notYet(`pnpm ${word} -g`);
  const frozen = last(options, 'frozen-lockfile');
  return {
    effect,
    words,
    operands,
    dir: last(options, 'dir')?.value ?? last(options, 'prefix')?.value ?? null,
    registry: last(options, 'registry')?.value ?? null,
    isGlobal,
    isInteractive: isSwitched(options, 'interactive'),
    isCheck: effect === 'dedupe' && isSwitched(options, 'check'),
    isFrozen: frozen === undefined ? null : isOn(frozen),
    isLockfileOnly: isSwitched(options, 'lockfile-only'),
    ignoresWorkspace: isSwitched(options, 'ignore-workspace'),
    packages: valuesOf(options, 'package'),
    allowedBuilds: valuesOf(options, 'allow-build'),
    isShell: isSwitched(options, 'shell-mode'),
  };
}

function effectOf(word: string | undefined, options: readonly PnpmWord[]): PnpmLine['effect'] {
  if (word === undefined || isSwitched(options, 'help') || isSwitched(options, 'version')) return 'none';
  const effect = pnpmEffect(word) ?? 'script';
  if (word === 'audit' && options.some(({ name }) => name === 'fix')) throw notYet('pnpm audit --fix');
  if (effect === 'open') throw notYet(`pnpm ${word}`);
  return effect;
}

const GLOBALLY = new Set(['none', 'script', 'install', 'add', 'update', 'remove']);

function globally(options: readonly PnpmWord[]): boolean | null {
  const found = options.findLast(({ name }) => name === 'global' || name === 'location');
  if (found === undefined) return null;
  return found.name === 'global' ? isOn(found) : found.value === 'global';
}

/** An option or setting that names the registry of a scope. */
export function isScopeRegistry(name: string): boolean {
  return /^@[^/:]+:registry$/.test(name);
}

function requireServed(options: readonly PnpmWord[]): void {
  const found = options.find(
    (option) =>
      // Credentials, or a registry whose URL is not known to be the next word.
      (/^(?:@|\/\/)/.test(option.name) && (!isScopeRegistry(option.name) || option.value === null)) ||
      (UNSERVED.has(option.name) && isOn(option) !== ['lockfile', 'save'].includes(option.name)),
  );
  if (found !== undefined) throw notYet(`pnpm with ${found.given.join(' ')}`);
}

/** An option that nobody here knows may take the next word for its value, and the command would be another one. */
function requireClear(options: readonly PnpmWord[], words: readonly PnpmWord[]): void {
  const first = words.findIndex(({ kind }) => kind === 'word');
  const before = words[first - 1];
  if (before === undefined || before.given.length > 1 || before.value !== null || before.isNegated) return;
  if (SWITCHES.has(before.name) || !options.includes(before)) return;
  throw notYet(`pnpm ${before.given[0]} before the command`);
}

const SWITCHES = new Set(
  'recursive workspace-root silent help version color stream aggregate-output parallel bail json use-stderr ignore-workspace yes global frozen-lockfile offline prefer-offline ignore-scripts ignore-pnpmfile lockfile-only shell-mode long loglevel-info if-present fail-if-no-match'.split(
    ' ',
  ),
);

function isOn({ value, isNegated }: PnpmWord): boolean {
  return !isNegated && value !== 'false';
}

function isSwitched(options: readonly PnpmWord[], name: string): boolean {
  const found = last(options, name);
  return found !== undefined && isOn(found);
}

function last(options: readonly PnpmWord[], name: string): PnpmWord | undefined {
  return options.findLast((option) => option.name === name);
}

function valuesOf(options: readonly PnpmWord[], wanted: string): readonly string[] {
  return options.flatMap(({ name, value }) => (name === wanted && value !== null ? value.split(',') : []));
}

/** Of what has no guarded form. */
export function notYet(what: string): GuardError {
  return new GuardError(
    'NOT_YET',
    `${what} is not served by this version`,
    'docs/enforcement-pnpm.md lists what is guarded; nothing was started',
  );
}
