/** Options with a value that name a folder of the project: in the copy they would lead back to the original. */
const FOLDER_OPTIONS = ['--prefix', '-C'];

/** What makes npm resolve and write the lockfile, and do nothing else. */
const RESOLVE_ONLY = [
  '--package-lock-only',
  '--package-lock',
  '--ignore-scripts',
  // npm 12 takes packages that bundle others for remote ones here. Nothing remote is downloaded without a verdict.
  '--allow-remote=all',
  '--no-audit',
  '--no-fund',
  '--no-progress',
  '--loglevel=error',
];

/**
 * The arguments with which npm resolves in the copy what it is asked to install in the original.
 *
 * @param prefix the copy's folder where the user named the original's; else `null`
 * @param savesLockfile whether npm would write a lockfile for that command line; in the copy it has to
 */
export function stagedArguments(
  argv: readonly string[],
  prefix: string | null,
  savesLockfile = true,
): readonly string[] {
  const [own, rest] = beforeDashes(argv);
  const kept = own.filter((_, index) => !isFolderOption(own, index));
  const options = [
    ...(prefix === null ? [] : [`--prefix=${prefix}`]),
    ...(savesLockfile ? [] : ['--save']),
    ...RESOLVE_ONLY,
  ];
  return [...kept, ...options, ...rest];
}

/** The arguments of the installation itself: what was resolved a moment ago is taken from npm's cache. */
export function handOverArguments(
  argv: readonly string[],
  options: readonly string[] = [],
): readonly string[] {
  const [own, rest] = beforeDashes(argv);
  return [...own, '--prefer-offline', ...options, ...rest];
}

function isFolderOption(argv: readonly string[], index: number): boolean {
  const [argument = '', before = ''] = [argv[index], argv[index - 1]];
  if (argument.startsWith('--prefix=') || FOLDER_OPTIONS.includes(argument)) return true;
  return FOLDER_OPTIONS.includes(before);
}

/** What follows `--` is no option. */
function beforeDashes(argv: readonly string[]): readonly [readonly string[], readonly string[]] {
  const at = argv.indexOf('--');
  return at < 0 ? [argv, []] : [argv.slice(0, at), argv.slice(at)];
}
