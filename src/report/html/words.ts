import type { ReportedPackage, Status } from '../../model/report.js';
import type { SourceKind } from '../../model/resolved-tree.js';
import type { Action, DecidedBy, Risk } from '../../model/verdict.js';

export const STATUS_WORDS: Readonly<Record<Status, string>> = {
  allowed: 'Allowed',
  blocked: 'Blocked',
  undecided: 'Undecided',
};

export const ACTION_WORDS: Readonly<Record<Action, string>> = {
  block: 'Blocked',
  warn: 'Warning',
  allow: 'Allowed',
};

/** The worst first. */
export const RISK_WORDS: Readonly<Record<Risk, string>> = {
  'not-found': 'Not found',
  'high-risk': 'High risk',
  suspicious: 'Suspicious',
  unknown: 'Unknown',
  safe: 'Safe',
};

export const DECIDED_BY_WORDS: Readonly<Record<DecidedBy, string>> = {
  corpus: 'the bundled names',
  cache: 'facts from the cache',
  registry: 'facts from the registry',
  policy: 'the policy',
  feed: 'a feed',
  lockfile: 'the lockfile alone',
};

export const SOURCE_WORDS: Readonly<Record<SourceKind, string>> = {
  registry: 'a registry',
  git: 'a git repository',
  remote: 'a URL',
  file: 'a file',
  link: 'a linked folder',
  workspace: 'a workspace of the project',
  bundled: 'the tarball of the package that asks for it',
};

/** `name@version`, as the command line takes it. */
export function specOf({ name, version }: Pick<ReportedPackage, 'name' | 'version'>): string {
  return version === null ? name : `${name}@${version}`;
}
