/** Every code of `doctor`; docs/doctor.md has a line for each. */
export const FINDING_CODES = [
  'NPM_MISSING',
  'NPM_VERSION',
  'IGNORE_SCRIPTS',
  'PROJECT_REGISTRY',
  'PROJECT_SCOPE_REGISTRY',
  'PROJECT_PROXY',
  'PROJECT_SCRIPT_SHELL',
  'PROJECT_NO_LOCKFILE',
  'SHIM_MISSING',
  'SHIM_NOT_ON_PATH',
  'SHIM_SHADOWED',
  'SHIM_WITHOUT_GUARD',
  'SHIM_ONLY_HERE',
  'GATE_REPLACED',
  'GATE_MISSING',
  'GATE_WITHOUT_GUARD',
  'GATE_ON_THIS_NPM',
  'WINDOWS',
  'PREINSTALL_NOT_CALLED',
  'PREINSTALL_FILE_MISSING',
  'PREINSTALL_FILE_MODIFIED',
  'PREINSTALL_TOO_LATE',
  'PREINSTALL_WITHOUT_GUARD',
  'RECORD_MISSING',
  'RECORD_INVALID',
  'STRICT_ALLOW_SCRIPTS_OFF',
  'STRICT_ALLOW_SCRIPTS_UNKNOWN',
  'LOCKFILE_MISSING',
  'LOCKFILE_VERSION_1',
  'LOCKFILE_WITHOUT_INTEGRITY',
  'TREE_UNREADABLE',
  'GUARD_JUDGED_NOTHING',
  'EVERYTHING_UNCHECKED',
  'CONFIG_INVALID',
  'CONFIG_ON_UNAVAILABLE',
  'PNPM_UNGUARDED',
  'CI_UNGUARDED',
] as const;

export type FindingCode = (typeof FINDING_CODES)[number];

/** Something that makes a guard inert or weaker here. */
export type Finding = {
  readonly code: FindingCode;
  /** One sentence, without a full stop. */
  readonly message: string;
  /** The command that changes it, or what to do. */
  readonly fix: string;
  /** Where it is set. */
  readonly file?: string;
};

export const INIT = 'phantom-guard-install init';
export const INIT_GLOBAL = 'phantom-guard-install init --global';
