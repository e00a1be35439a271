import { GuardError } from '../errors.js';

const WITHOUT = 'or leave --since out to judge everything';

/** `--since` can't tell what changed, so nothing is decided. */
export function sinceUnusable(message: string, hint: string, cause?: unknown): GuardError {
  return new GuardError('SINCE_UNUSABLE', `--since: ${message}`, hint, cause);
}

export function gitMissing(cause: unknown): GuardError {
  return sinceUnusable('git cannot be started', `Install git, ${WITHOUT}.`, cause);
}

export function interrupted(cause: unknown): GuardError {
  return sinceUnusable('the run was ended while git was asked', 'Run it again.', cause);
}

export function tooMuch(cause: unknown): GuardError {
  const message = 'the files that are read at this ref are larger than the limit of 128 MiB';
  return sinceUnusable(message, `Choose another ref, ${WITHOUT}.`, cause);
}

/** git's own words for a failure, with the hint that fits the usual ones. */
export function gitFailed(stderr: string): GuardError {
  if (/not a git repository/i.test(stderr))
    return sinceUnusable('this is no git repository', `Run it in a clone, ${WITHOUT}.`);
  if (/cannot use bare repository/i.test(stderr)) return noWorkTree();
  if (/dubious ownership/i.test(stderr)) {
    const hint = `If you trust it: \`git config --global --add safe.directory FOLDER\`, ${WITHOUT}.`;
    return sinceUnusable('the git repository belongs to another user, and git refuses to read it', hint);
  }
  const words = stderr.trim().split('\n')[0] ?? '';
  const hint = `A clone with all objects has what is needed (\`git fetch --refetch\` without a filter), ${WITHOUT}.`;
  return sinceUnusable(
    `git could not read the repository: ${words === '' ? 'no reason given' : words}`,
    hint,
  );
}

export function noWorkTree(): GuardError {
  return sinceUnusable('this folder is no part of a work tree of git', `Run it in a clone, ${WITHOUT}.`);
}

export function noCommit(ref: string): GuardError {
  return sinceUnusable(
    `${ref} names something in this repository that is no commit`,
    'Name a branch, tag or commit.',
  );
}

export function unknownRef(ref: string, isShallow: boolean): GuardError {
  const hint = isShallow
    ? 'This clone is shallow: `git fetch --unshallow` gets the rest (in CI: a fetch depth of 0).'
    : 'Name a branch, tag or commit that is here; `git fetch` gets what only the remote has.';
  return sinceUnusable(`this repository has no commit ${ref}`, hint);
}

/** The files of back then are there, and no tree can be made of them. */
export function unreadableThen(ref: string, detail: string, cause: unknown): GuardError {
  const hint = `Choose a ref whose lockfile can be read, ${WITHOUT}.`;
  return sinceUnusable(`the tree at ${ref} cannot be read: ${detail}`, hint, cause);
}

export function noTemporaryFolder(place: string, cause: unknown): GuardError {
  return sinceUnusable(
    `no folder can be made in ${place}`,
    'Let TMPDIR name a folder that you can write to.',
    cause,
  );
}
