/**
 * What a command of pnpm does to the disk, as far as it concerns the guard. `locked` installs what the lockfile has and
 * nothing else; `open` may download, and has no guarded form yet.
 */
export type PnpmEffect =
  | 'none'
  | 'script'
  | 'install'
  | 'add'
  | 'update'
  | 'dedupe'
  | 'import'
  | 'install-test'
  /** Does something of its own with what is installed, and installs what is missing. */
  | 'prepared'
  | 'remove'
  | 'locked'
  | 'dlx'
  | 'create'
  | 'open';

const WORDS: Readonly<Record<Exclude<PnpmEffect, 'open' | 'script'>, string>> = {
  install: 'install i',
  add: 'add',
  update: 'update up upgrade',
  dedupe: 'dedupe',
  import: 'import',
  'install-test': 'install-test it',
  prepared: 'link ln unlink dislink prune patch patch-commit patch-remove deploy',
  remove: 'remove rm uninstall un',
  locked: 'fetch ci clean-install ic install-clean',
  dlx: 'dlx',
  create: 'create',
  none: 'help list ls ll la outdated why licenses config c get set root bin prefix view info show v whoami ping search owner access dist-tag dist-tags deprecate undeprecate unpublish login logout adduser token team profile docs home bugs issues repo pkg version completion completion-server cat-file cat-index find-hash rebuild rb init doctor ignored-builds approve-builds pack publish stop-server audit',
};

/** They run what the project has; pnpm 10 and later may be set to install first. */
export const SCRIPT_WORDS: readonly string[] = 'run run-script exec start test t tst restart stop'.split(' ');

/** Words of commands that install nothing; `audit` does with `--fix`. */
export const READING_WORDS: readonly string[] = WORDS.none.split(' ').filter((word) => word !== 'audit');

/** Words that would install, resolve or download, and are not served. */
const OPEN = 'install-ci-test cit self-update env runtime setup store server dlx-server sbom with pm'.split(
  ' ',
);

const EFFECTS: ReadonlyMap<string, PnpmEffect> = new Map([
  ...Object.entries(WORDS).flatMap(([effect, words]) =>
    words.split(' ').map((word) => [word, effect as PnpmEffect] as const),
  ),
  ...SCRIPT_WORDS.map((word) => [word, 'script'] as const),
  ...OPEN.map((word) => [word, 'open'] as const),
]);

/** The effect of a command's word; `null` for what pnpm would take for a script or a program of the project. */
export function pnpmEffect(word: string): PnpmEffect | null {
  return EFFECTS.get(word) ?? null;
}
