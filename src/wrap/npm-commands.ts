/**
 * What a command of npm does to the disk, as far as it concerns the guard. `none` reads, or touches only what is there.
 * https://docs.npmjs.com/cli/commands
 */
export type NpmEffect =
  | 'install'
  | 'ci'
  | 'update'
  | 'exec'
  | 'init'
  | 'link'
  | 'audit'
  /** Does something else, and then brings node_modules up to date. */
  | 'reify'
  /** The same, where it is about workspaces (`-w`). */
  | 'workspaces'
  | 'none';

const EFFECTS: Readonly<Record<string, NpmEffect>> = {
  install: 'install',
  'install-test': 'install',
  ci: 'ci',
  'install-ci-test': 'ci',
  update: 'update',
  dedupe: 'update',
  uninstall: 'update',
  exec: 'exec',
  init: 'init',
  link: 'link',
  audit: 'audit',
  // What the lockfile has and node_modules has not is installed.
  prune: 'update',
  patch: 'reify',
  version: 'workspaces',
};

/** npm's own aliases of these commands, as npm 10, 11 and 12 have them together (lib/utils/cmd-list.js). */
const ALIASES: Readonly<Record<string, string>> = {
  add: 'install',
  i: 'install',
  in: 'install',
  ins: 'install',
  inst: 'install',
  insta: 'install',
  instal: 'install',
  isnt: 'install',
  isnta: 'install',
  isntal: 'install',
  isntall: 'install',
  it: 'install-test',
  cit: 'install-ci-test',
  sit: 'install-ci-test',
  'clean-install': 'ci',
  'clean-install-test': 'install-ci-test',
  'install-clean': 'ci',
  'isntall-clean': 'ci',
  ic: 'ci',
  u: 'update',
  up: 'update',
  upgrade: 'update',
  udpate: 'update',
  ddp: 'dedupe',
  un: 'uninstall',
  unlink: 'uninstall',
  remove: 'uninstall',
  rm: 'uninstall',
  r: 'uninstall',
  x: 'exec',
  create: 'init',
  innit: 'init',
  ln: 'link',
  verison: 'version',
};

/** All other commands and aliases of npm 10, 11 and 12: they begin like one of ours, or are it but for a letter. */
export const OTHER_COMMANDS: readonly string[] =
  'access add-user adduser approve-scripts author bugs c cache completion config deny-scripts deprecate diff dist-tag dist-tags docs doctor edit explain explore find find-dupes fund get help help-search hlep home hook info install-scripts issues la list ll login logout ls ogr org outdated owner pack ping pkg prefix profile publish query rb rebuild repo restart root rum run run-script s sbom se search set show shrinkwrap stage star stars start stop t team test token trust tst undeprecate unpublish unstar urn v view whoami why'.split(
    ' ',
  );

/**
 * The command behind a word: itself, an alias, or a beginning of either; `null` for every other word. Where a beginning
 * is ambiguous npm refuses it, and so nothing is lost by taking it for a command of ours.
 */
export function npmCommand(word: string): string | null {
  const plain = word.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  if (plain === '' || OTHER_COMMANDS.includes(plain)) return null;
  const names = [...Object.keys(EFFECTS), ...Object.keys(ALIASES), ...OTHER_COMMANDS];
  const name = names.find((one) => one === plain) ?? names.find((one) => one.startsWith(plain));
  if (name === undefined || OTHER_COMMANDS.includes(name)) return null;
  return aliasOf(name) ?? name;
}

/** What the command that `word` stands for does. */
export function npmEffect(word: string): NpmEffect {
  const command = npmCommand(word);
  return command === null ? 'none' : (EFFECTS[command] ?? 'none');
}

function aliasOf(word: string): string | null {
  return Object.hasOwn(ALIASES, word) ? (ALIASES[word] ?? null) : null;
}
