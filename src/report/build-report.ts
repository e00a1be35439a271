import { GuardError } from '../errors.js';
import type { FeedFailure } from '../model/feed.js';
import type {
  Mentioned,
  Report,
  ReportedError,
  ReportedPackage,
  ReportedSince,
  Stats,
  Status,
  Summary,
} from '../model/report.js';
import type { ResolvedTree, Unchecked } from '../model/resolved-tree.js';
import { hideSecrets } from '../model/secrets.js';
import type { Risk, Verdict } from '../model/verdict.js';
import { pathsTo } from '../tree/requested-by.js';
import { suggestionsFor } from './suggestions.js';

export type ToolInfo = Report['tool'];

const NO_STATS: Stats = { corpus: 0, cacheHits: 0, registryRequests: 0, integrityCompared: 0, elapsedMs: 0 };

export type ReportInput = {
  readonly tool: ToolInfo;
  readonly tree: ResolvedTree;
  /** What was left out because it had not changed. */
  readonly since: ReportedSince | null;
  readonly verdicts: readonly Verdict[];
  /** Where entries are mentioned, by their ids. */
  readonly locations?: ReadonlyMap<string, readonly Mentioned[]>;
  readonly unchecked: readonly Unchecked[];
  /** What concerns the run, not one package. */
  readonly notices: readonly string[];
  readonly unreadableFeeds: readonly FeedFailure[];
  readonly stats: Stats;
  /** List safe packages too. */
  readonly all: boolean;
};

/** Verdicts to the public document, without the secrets of URLs. Pure; packages are sorted by name, then version, in code point order. */
export function buildReport(input: ReportInput): Report {
  const { tool, tree, since, verdicts, locations, unchecked, notices, unreadableFeeds, stats, all } = input;
  const summary = summarize(verdicts);
  const error = undecidedError(verdicts) ?? feedError(input);
  const status = statusOf(verdicts);
  return hideSecrets<Report>({
    schemaVersion: 1,
    tool,
    status: status === 'allowed' && error !== null ? 'undecided' : status,
    error,
    since,
    summary,
    packages: verdicts
      .filter(({ risk }) => all || risk !== 'safe')
      .map((verdict) => reportPackage(verdict, tree, locations?.get(verdict.subject.entry.id) ?? []))
      .sort(byNameThenVersion),
    exceptions: distinct(verdicts.flatMap(({ exceptions }) => exceptions)).sort(byNameThenVersion),
    notices: distinct([
      ...notices,
      ...unreadableFeeds.map(({ feed, reason }) => `The feed ${feed} could not be used: ${reason}.`),
      ...verdicts.flatMap((verdict) => verdict.notices),
      ...letThroughNotice(verdicts),
    ]),
    unchecked: [...sinceLine(since), ...unchecked],
    stats,
  });
}

/** The document of a run that ended with "could not decide". */
export function buildErrorReport(tool: ToolInfo, error: ReportedError, stats: Stats = NO_STATS): Report {
  return {
    schemaVersion: 1,
    tool,
    status: 'undecided',
    error: hideSecrets(error),
    since: null,
    summary: summarize([]),
    packages: [],
    exceptions: [],
    notices: [],
    unchecked: [],
    stats,
  };
}

/** Any thrown value as the error of a report; what is not ours is a defect of this program and is called one. */
export function toReportedError(thrown: unknown): ReportedError {
  if (thrown instanceof GuardError) return { code: thrown.code, message: thrown.message, hint: thrown.hint };
  return {
    code: 'INTERNAL',
    message: thrown instanceof Error ? thrown.message : String(thrown),
    hint: 'This is a defect of phantom-guard-install. Nothing was decided; please report it with the command that led here.',
  };
}

/** 0 nothing blocked, 1 at least one package blocked, 2 could not decide; where both hold, 1. */
export function exitStatus({ status }: Report): 0 | 1 | 2 {
  switch (status) {
    case 'allowed':
      return 0;
    case 'blocked':
      return 1;
    case 'undecided':
      return 2;
  }
}

function statusOf(verdicts: readonly Verdict[]): Status {
  const blocking = verdicts.filter(({ action }) => action === 'block');
  if (blocking.length === 0) return 'allowed';
  return blocking.every(({ risk }) => risk === 'unknown') ? 'undecided' : 'blocked';
}

/** What to tell a program that wants to know why there is no verdict for every package. */
function undecidedError(verdicts: readonly Verdict[]): ReportedError | null {
  const undecided = verdicts.filter(({ risk, action }) => risk === 'unknown' && action === 'block');
  if (undecided.length === 0) return null;
  const wereAsked = undecided.some(({ subject }) => subject.entry.registryName !== null);
  const counts = `${undecided.length} of ${verdicts.length} packages could not be judged`;
  return wereAsked
    ? {
        code: 'REGISTRY_UNAVAILABLE',
        message: `${counts}, because the registry that is responsible for them gave no answer`,
        hint: '"unchecked" gives the reason for each; run it again when the registry can be reached',
      }
    : {
        code: 'NAME_INVALID',
        message: `${counts}, because npm could not install anything under their names`,
        hint: '"unchecked" lists them; correct the names',
      };
}

/** Nothing of the tree is left out without a line. */
function sinceLine(since: ReportedSince | null): readonly Unchecked[] {
  if (since === null || since.unchanged === 0) return [];
  const { ref, commit, unchanged } = since;
  const what = unchanged === 1 ? '1 entry is as it was' : `${unchanged} entries are as they were`;
  const were = unchanged === 1 ? 'was' : 'were';
  const reason = `${what} at ${ref} (${commit.slice(0, 7)}) and ${were} not judged again`;
  return [{ id: `since:${ref}`, reason }];
}

/** A list of known bad packages that can't be read leaves open what it would have said. */
function feedError({ unreadableFeeds }: ReportInput): ReportedError | null {
  const [first] = unreadableFeeds;
  if (first === undefined) return null;
  const more = unreadableFeeds.length - 1;
  return {
    code: 'FEED_UNREADABLE',
    message: `the feed ${first.feed} could not be used: ${first.reason}${more === 0 ? '' : `; and ${more} more`}`,
    hint: 'correct "feeds" in the configuration, or take the feed out of it',
  };
}

/** `onUnavailable` other than `block` lets packages through unjudged, and that is said. */
function letThroughNotice(verdicts: readonly Verdict[]): string[] {
  const through = verdicts.filter(({ risk, action }) => risk === 'unknown' && action !== 'block');
  if (through.length === 0) return [];
  return [
    `${through.length} of ${verdicts.length} packages were let through without being judged (onUnavailable: ${through[0]?.action})`,
  ];
}

/** By content, first occurrence first. */
function distinct<T>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

function summarize(verdicts: readonly Verdict[]): Summary {
  const counts: Record<Risk | 'blocked', number> = { ...NO_COUNTS };
  for (const { action, risk } of verdicts) {
    counts[risk]++;
    if (action === 'block' && risk !== 'unknown') counts.blocked++;
  }
  return {
    packages: verdicts.length,
    safe: counts.safe,
    suspicious: counts.suspicious,
    highRisk: counts['high-risk'],
    notFound: counts['not-found'],
    unknown: counts.unknown,
    blocked: counts.blocked,
  };
}

const NO_COUNTS = { safe: 0, suspicious: 0, 'high-risk': 0, 'not-found': 0, unknown: 0, blocked: 0 };

function reportPackage(
  { subject, risk, score, action, signals, decidedBy }: Verdict,
  tree: ResolvedTree,
  locations: readonly Mentioned[],
): ReportedPackage {
  const { id, name, version, alias, source, direct } = subject.entry;
  const suggestions = risk === 'safe' ? [] : suggestionsFor(subject);
  const requestedBy = pathsTo(tree, id);
  return {
    name,
    version,
    alias,
    source,
    risk,
    score,
    action,
    direct,
    requestedBy,
    locations,
    signals,
    suggestions,
    decidedBy,
  };
}

type Named = { readonly name: string; readonly version: string | null };

function byNameThenVersion(a: Named, b: Named): number {
  return compare(a.name, b.name) || compare(a.version ?? '', b.version ?? '');
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
