import type { Action } from '../model/verdict.js';
import { DEFAULT_POLICY, type PolicyException, USER_ONLY_SIGNALS } from '../policy/policy.js';
import type { ConfigLevel, FeedSetting, Settings, UnavailableSetting } from './settings.js';

const STRICTNESS: Readonly<Record<Action, number>> = { allow: 0, warn: 1, block: 2 };

const NOTHING: ConfigLevel = {
  failOn: null,
  onUnavailable: { interactive: null, ci: null },
  thresholds: { safe: null, high: null },
  exceptions: [],
  trustedScopes: [],
  mirrors: [],
  feeds: [],
  store: null,
  projectExceptions: null,
};

export type MergeOptions = {
  /** The project's level was named on the command line, so it is not the repository that speaks. */
  readonly isChosen: boolean;
};

/**
 * Both levels as one: where both set a key the stricter value counts, so that no project loosens what its user set.
 * What loosens by its nature (exceptions, trusted scopes, mirrors, a store of facts) comes from the project only as far
 * as the user lets it.
 */
export function mergeLevels(
  user: ConfigLevel | null,
  project: ConfigLevel | null,
  { isChosen }: MergeOptions = { isChosen: false },
): Settings {
  const own = user ?? NOTHING;
  const admitted = admit(project ?? NOTHING, own);
  const { level: theirs, notices } = isChosen ? admitted : tighten(admitted, own);
  return {
    failOn: own.failOn === 'suspicious' ? own.failOn : (theirs.failOn ?? own.failOn),
    onUnavailable: stricterOf(own.onUnavailable, theirs.onUnavailable),
    thresholds: {
      safe: lower(own.thresholds.safe, theirs.thresholds.safe),
      high: lower(own.thresholds.high, theirs.thresholds.high),
    },
    exceptions: [...own.exceptions, ...theirs.exceptions],
    trustedScopes: [...own.trustedScopes, ...theirs.trustedScopes],
    mirrors: [...own.mirrors, ...theirs.mirrors],
    feeds: union(own.feeds, theirs.feeds),
    store: own.store ?? theirs.store,
    notices,
  };
}

/** A repository may lower thresholds. It raises none above what counts without it: that would switch off the guard. */
function tighten({ level, notices }: Admitted, own: ConfigLevel): Admitted {
  const { safe, high } = DEFAULT_POLICY.thresholds;
  const most = { safe: own.thresholds.safe ?? safe, high: own.thresholds.high ?? high };
  const asked = level.thresholds;
  const looser = (['safe', 'high'] as const).filter((key) => (asked[key] ?? 0) > most[key]);
  if (looser.length === 0) return { level, notices };
  const below = (key: 'safe' | 'high') => (asked[key] === null ? null : Math.min(asked[key], most[key]));
  const parts = looser.map((key) => `${key} ${asked[key]} (${most[key]} counts)`);
  return {
    level: { ...level, thresholds: { safe: below('safe'), high: below('high') } },
    notices: [...notices, `The project's configuration cannot raise thresholds: ${parts.join(', ')}.`],
  };
}

type Admitted = { readonly level: ConfigLevel; readonly notices: readonly string[] };

/** What counts of the project's level. */
function admit(project: ConfigLevel, { projectExceptions }: ConfigLevel): Admitted {
  if (projectExceptions === false) {
    const level = { ...project, exceptions: [], trustedScopes: [], mirrors: [], store: null };
    return { level, notices: ignoredNotice(project) };
  }
  const notices: string[] = [];
  const exceptions = project.exceptions.flatMap((exception) => {
    const signals = exception.signals.filter((code) => !USER_ONLY_SIGNALS.has(code));
    if (signals.length < exception.signals.length) notices.push(strippedNotice(exception, signals.length));
    return signals.length === 0 ? [] : [{ ...exception, signals }];
  });
  return { level: { ...project, exceptions }, notices };
}

function strippedNotice({ name, version, signals }: PolicyException, left: number): string {
  const codes = signals.filter((code) => USER_ONLY_SIGNALS.has(code)).join(', ');
  const rest = left === 0 ? 'the exception is ignored' : 'its other signals count';
  return `The project's exception for ${name}@${version} cannot cover ${codes}, only the user's own could; ${rest}.`;
}

function ignoredNotice({ exceptions, trustedScopes, mirrors, store }: ConfigLevel): readonly string[] {
  const counts: readonly (readonly [number, string])[] = [
    [exceptions.length, 'exception'],
    [trustedScopes.length, 'trusted scope'],
    [mirrors.length, 'mirror'],
    [store === null ? 0 : 1, 'store'],
  ];
  const parts = counts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}${count === 1 ? '' : 's'}`);
  if (parts.length === 0) return [];
  return [`Ignored from the project, as the user has "projectExceptions": false: ${parts.join(', ')}.`];
}

function stricterOf(a: UnavailableSetting, b: UnavailableSetting): UnavailableSetting {
  return { interactive: stricter(a.interactive, b.interactive), ci: stricter(a.ci, b.ci) };
}

function stricter(a: Action | null, b: Action | null): Action | null {
  if (a === null || b === null) return a ?? b;
  return STRICTNESS[a] >= STRICTNESS[b] ? a : b;
}

function lower(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

/** A feed of both stays the user's. One that the project calls of another kind counts as both kinds. */
function union(user: readonly FeedSetting[], project: readonly FeedSetting[]): readonly FeedSetting[] {
  const idOf = ({ location, kind }: FeedSetting): string => JSON.stringify([location, kind]);
  const feeds = new Map<string, FeedSetting>();
  for (const feed of [...user, ...project]) {
    if (!feeds.has(idOf(feed))) feeds.set(idOf(feed), feed);
  }
  return [...feeds.values()];
}
