import { type NpmEffect, npmCommand, npmEffect } from './npm-commands.js';

/** Options of npm by name, as the command line gives them. */
type NpmCommandLine = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** npm's understanding of a command line, by its own configuration library. */
export type NpmArguments = {
  /** Words that are no options, the command first. */
  readonly remain: readonly string[];
  readonly isGlobal: boolean;
  readonly isDryRun: boolean;
  /** npm reads and writes the lockfile: neither `--no-save` nor `--no-package-lock`. */
  readonly savesLockfile: boolean;
  /** `npm init` and `npm version` would install: they are about workspaces. */
  readonly updatesWorkspaces: boolean;
  /** Where programs of global packages are. */
  readonly globalBin: string;
  /** The folder of the project that npm would work on. */
  readonly localPrefix: string;
  /** The command line names that folder itself (`--prefix`, `-C`). */
  readonly isPrefixGiven: boolean;
  /** The options that the guard has to obey too, where the command line sets them. */
  readonly registry: string | null;
  readonly npmOptions: NpmCommandLine;
  readonly offline: boolean;
  /** Values of `--package` of `npm exec`. */
  readonly packages: readonly string[];
  /** The value of `--call` of `npm exec`. */
  readonly call: string | null;
};

export type NpmLine = NpmArguments & {
  readonly effect: NpmEffect;
  /** What follows the command. */
  readonly operands: readonly string[];
};

/** What a command line does. `npm audit` installs something only as `npm audit fix`. */
export function readNpmLine(args: NpmArguments): NpmLine {
  const [word = '', ...operands] = args.remain;
  const effect = npmEffect(word);
  const isRead = args.isDryRun || (effect === 'audit' && operands[0] !== 'fix');
  const ofWorkspaces = args.updatesWorkspaces ? 'reify' : 'none';
  const isPlainInit = npmCommand(word) === 'init' && operands.length === 0;
  const real = effect === 'workspaces' || isPlainInit ? ofWorkspaces : effect;
  return { ...args, effect: isRead ? 'none' : real, operands };
}
