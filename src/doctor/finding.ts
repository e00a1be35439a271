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
  'PNPMFILE_MISSING',
  'PNPMFILE_MODIFIED',
  'PNPMFILE_HOOKS_MISSING',
  'PNPMFILE_HOOKS_MODIFIED',
  'PNPMFILE_IGNORED',
  'PNPMFILE_ELSEWHERE',
  'PNPMFILE_MODULE',
  'PNPMFILE_WITHOUT_GUARD',
  'PNPM_PLUGIN_NOT_LOADED',
  'PNPM_PLUGIN_STALE',
  'PNPM_PLUGIN_MODIFIED',
  'PNPM_SETTINGS_UNREADABLE',
  'PNPM_MINIMUM_RELEASE_AGE',
  'PNPM_BLOCK_EXOTIC_SUBDEPS',
  'PNPM_STRICT_DEP_BUILDS',
  'PNPM_TRUST_POLICY',
  'PNPM_ALL_BUILDS_ALLOWED',
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
  /** It makes no guard inert: what the package manager itself could do more. */
  readonly informational?: true;
};

export const INIT = 'phantom-guard-install init';
export const INIT_GLOBAL = 'phantom-guard-install init --global';
