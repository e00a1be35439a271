import type { Evidence, SignalCode } from '../model/signal.js';

type Sentence = (evidence: Evidence) => string;

/** What each signal says to a person. A signal without a sentence doesn't compile. */
export const signalTexts: { readonly [C in SignalCode]: Sentence } = {
  NOT_FOUND: ({ registry }) =>
    `nobody owns this name on ${registry}: whoever registers it decides what gets installed`,
  PHANTOM_OPTIONAL: ({ peer }) =>
    `it is ${peer === true ? 'a peer' : 'an optional'} dependency, so installs succeed until somebody takes the name`,
  KNOWN_MALICIOUS: ({ feed, id, versions }) =>
    `${versions === 'all' ? 'the package' : 'this version'} is listed as malicious by ${feed}${id === null ? '' : ` (${id})`}`,
  KNOWN_HALLUCINATION: ({ feed }) => `language models are known to invent this name (${feed})`,
  SECURITY_HOLD: ({ placeholder }) =>
    placeholder === null
      ? 'the registry withholds it for legal or security reasons (status 451)'
      : `npm removed the package and holds the name with an empty placeholder (${placeholder})`,
  UNPUBLISHED: ({ version }) =>
    version === null
      ? 'its owner took all versions back; anybody may register the name anew'
      : `the registry does not have version ${version} (any more)`,
  RESOLVED_MISMATCH: ({ kind, expected, found }) =>
    kind === 'package'
      ? `the lockfile fetches another package under this name: ${found}`
      : kind === 'version'
        ? `the lockfile fetches version ${found} for version ${expected}`
        : kind === 'host'
          ? `the lockfile fetches it from ${found}, not from ${expected}`
          : 'the lockfile fetches it without encryption (http)',
  INTEGRITY_MISMATCH: () => 'the lockfile pins other bytes than the registry publishes',
  INTEGRITY_MISSING: () => 'the lockfile has no integrity for it: nothing says what the bytes should be',
  INTEGRITY_WEAK: ({ algorithm }) => `its integrity is only ${algorithm}, which can be forged`,
  EXOTIC_SOURCE: ({ source }) => `comes ${EXOTIC[String(source)] ?? 'from elsewhere'}, past every registry`,
  ALIAS: ({ alias, hidesEstablished }) =>
    hidesEstablished === true
      ? `installed under the name of the established package ${alias}`
      : `installed under the name ${alias}`,
  NOT_IN_SNAPSHOT: ({ registered, snapshotDate }) =>
    registered === 'after'
      ? `registered after ${snapshotDate}, the date of the bundled names`
      : `nobody used this name ${snapshotDate === null ? 'at the date of the bundled names' : `on ${snapshotDate}, the date of the bundled names`}`,
  TYPOSQUAT: ({ imitated, technique }) => `looks like ${imitated} (${technique})`,
  HALLUCINATION_PATTERN: ({ imitated, technique }) =>
    `made from the established name ${imitated} (${technique})`,
  NAMESPACE_SQUATTING: ({ imitated, technique }) => `looks like the scope of ${imitated} (${technique})`,
  CROSS_ECOSYSTEM: ({ imitated }) => `${imitated} is a package of PyPI, not of npm`,
  CORE_MODULE: ({ imitated }) => `node:${imitated} ships with Node.js; this package is something else`,
  RECENTLY_CREATED: ({ ageDays }) => `first published ${days(ageDays)} ago`,
  FEW_RELEASES: ({ releases }) => `only ${count(releases, 'release')}`,
  VERSION_SPIKE: ({ releasesIn24h }) => `${count(releasesIn24h, 'release')} within 24 hours`,
  LOW_DOWNLOADS: ({ weeklyDownloads }) => `${count(weeklyDownloads, 'download')} in the last week`,
  DOWNLOAD_INFLATION: ({ weeklyDownloads, ageDays }) =>
    `${count(weeklyDownloads, 'download')} in the last week at an age of ${days(ageDays)}: not plausible`,
  NO_REPOSITORY: () => 'names no source repository',
  NO_MAINTAINER: () => 'has no maintainer',
  SHORT_DESCRIPTION: ({ characters }) =>
    characters === 0 ? 'has no description' : `description of ${count(characters, 'character')}`,
  OWNERSHIP_TRANSFER: ({ daysSinceTransfer }) => `changed hands ${days(daysSinceTransfer)} ago`,
  INSTALL_SCRIPT: () => 'runs a script on installation',
  DEPRECATED: ({ notice }) => `deprecated: ${notice}`,
  REPOSITORY_BORROWED: ({ repository, belongsTo }) =>
    `its repository ${repository} is that of ${belongsTo}, which proves nothing`,
  OWN_REPOSITORY: ({ repository }) =>
    repository === null ? 'names a source repository' : `names the source repository ${repository}`,
  SCOPE_ESTABLISHED: ({ leader, packages, registry }) =>
    leader === undefined
      ? `its scope has a registry of its own: ${registry}`
      : `only the owner of the scope can publish here, and ${leader} is established${packages === 1 ? '' : ' as others of it are'}`,
  PARENT_ESTABLISHED: ({ parent }) => `${parent}, an established package, asks for it`,
  POPULAR_PACKAGE: ({ weeklyDownloads }) => `${count(weeklyDownloads, 'download')} in the last week`,
  LONG_HISTORY: ({ ageDays }) => `has existed for at least ${days(ageDays)}`,
};

const EXOTIC: { readonly [source: string]: string } = {
  git: 'from a git repository',
  remote: 'from a URL',
  file: 'from a file of the project',
};

type Value = Evidence[string] | undefined;

function days(value: Value): string {
  return count(value, 'day');
}

function count(value: Value, noun: string): string {
  const text = typeof value === 'number' ? value.toLocaleString('en-US') : String(value);
  return `${text} ${noun}${value === 1 ? '' : 's'}`;
}
