/** Whose command installs; it decides what is told to be run instead. */
export type ShellManager = 'npm' | 'pnpm' | 'yarn' | 'bun' | 'deno';

/**
 * The folder in which a command runs: relative to where the line begins (`.`), or absolute; `null` = the line doesn't say.
 * It may begin with `~`.
 */
export type Place = string | null;

/** Packages that a command names. `run` downloads them in order to run a program. */
export type PackagesFinding = {
  readonly kind: 'packages';
  readonly manager: ShellManager;
  readonly how: 'install' | 'run';
  /** As npm takes them. */
  readonly specs: readonly string[];
  readonly place: Place;
  /** `--registry`, where the command names one. */
  readonly registry: string | null;
  /** The manager is not called by its name, so that no shim is in between. */
  readonly byPath: boolean;
};

/** An install of what a project asks for. */
export type ProjectFinding = {
  readonly kind: 'project';
  readonly manager: ShellManager;
  readonly place: Place;
  readonly byPath: boolean;
};

/** A package.json that the line writes; `text` is `null` where the line doesn't say with what. */
export type ManifestFinding = {
  readonly kind: 'manifest';
  readonly file: string;
  readonly text: string | null;
};

/** A patch of Codex's form, which names its files itself. */
export type PatchFinding = { readonly kind: 'patch'; readonly text: string };

/** A shell script that the line runs from the disk. */
export type ScriptFinding = { readonly kind: 'script'; readonly file: string; readonly place: Place };

/** Why it can't be told what would be installed. */
export type Unclear =
  /** The line is no shell that could be parsed, and names a package manager. */
  | 'syntax'
  /** The name of a package comes from where the line doesn't show it. */
  | 'name'
  /** Whether an install is run at all does. */
  | 'command'
  /** A project is installed that the same line makes or changes, or that is somewhere unknown. */
  | 'project'
  /** Another language's code calls a package manager. */
  | 'code'
  /** A text that is decoded or fetched is run, and can't be read. */
  | 'hidden-text'
  /** More commands, or deeper ones, than are looked at. */
  | 'too-complex';

export type UnclearFinding = { readonly kind: 'unclear'; readonly why: Unclear; readonly text: string };

/** What would switch the guard off, or let something through it. */
export type Override = 'accept' | 'undo' | 'configuration' | 'variable' | 'files' | 'agent-settings';

export type OverrideFinding = {
  readonly kind: 'override';
  readonly what: Override;
  /** The file that is written or removed, where it is one. */
  readonly file: string | null;
  readonly text: string;
};

/** What of a shell line concerns the guard. */
export type ShellFinding =
  | PackagesFinding
  | ProjectFinding
  | ManifestFinding
  | PatchFinding
  | ScriptFinding
  | UnclearFinding
  | OverrideFinding;
