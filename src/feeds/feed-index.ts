import semver from 'semver';
import type { FeedContext, FeedIndex, FeedKind, FeedMatch } from '../model/feed.js';
import type { Feed, FeedEntry } from './feed-entry.js';
import { plainVersion } from './feed-version.js';

/** A feed under the name that findings show. */
export type LabelledFeed = { readonly label: string; readonly kind: FeedKind; readonly feed: Feed };

/** Nobody writes longer ones by hand; comparing ranges takes the product of their lengths. */
const MAX_SPEC_LENGTH = 256;

/** A version that a range of a feed names is meant as it stands, pre-releases included. */
const EVERY_RELEASE = { includePrerelease: true, loose: true };

/** Matches of all feeds, in the order of the feeds. */
export function createFeedIndex(feeds: readonly LabelledFeed[]): FeedIndex {
  return {
    matchesOf: (name, version, context) =>
      feeds.flatMap(({ label, kind, feed }) =>
        feed.entriesOf(name).flatMap((entry): FeedMatch[] => {
          if (!applies(entry, version ?? exactVersionOf(context.spec), context)) return [];
          return [{ kind, feed: label, id: entry.id, versions: entry.all ? 'all' : 'exact' }];
        }),
      ),
  };
}

function applies(entry: FeedEntry, version: string | null, context: FeedContext): boolean {
  if (entry.all) return true;
  if (version !== null) return lists(entry, version);
  const range = rangeOf(context.spec);
  const { latestVersion, established } = context;
  const isLatestMeant = latestVersion !== null && semver.satisfies(latestVersion, range, EVERY_RELEASE);
  return isLatestMeant ? lists(entry, latestVersion) : !established && mayBeMeant(entry, range);
}

function lists({ versions, ranges }: FeedEntry, version: string): boolean {
  const plain = plainVersion(version) ?? version;
  return versions.includes(plain) || ranges.some((range) => semver.satisfies(plain, range, EVERY_RELEASE));
}

function mayBeMeant({ versions, ranges }: FeedEntry, asked: string): boolean {
  return (
    versions.some((version) => asked === '*' || semver.satisfies(version, asked, EVERY_RELEASE)) ||
    ranges.some((range) => semver.intersects(range, asked, EVERY_RELEASE))
  );
}

/** The range of a spec; `*` for a tag and for everything else of which the version cannot be told. */
function rangeOf(spec: string | null): string {
  if (spec === null || spec.length > MAX_SPEC_LENGTH) return '*';
  return semver.validRange(spec, EVERY_RELEASE) ?? '*';
}

/** A spec that is a version names the version that will be installed. */
function exactVersionOf(spec: string | null): string | null {
  return spec === null ? null : semver.valid(spec, EVERY_RELEASE);
}
