import path from 'node:path';
import type { PackageName } from '../model/package-name.js';
import type { PolicyException, PolicySource } from '../policy/policy.js';
import { isFeedUrl, normaliseMirror } from './check-url.js';
import type { ConfigFile } from './config-file.js';
import type { ConfigInput, ExceptionInput } from './schema.js';
import type { ConfigLevel, FeedSetting, UnavailableSetting } from './settings.js';

/** A checked configuration in the form that the rest of the program knows. */
export function toLevel(input: ConfigInput, { path: file, source }: ConfigFile): ConfigLevel {
  return {
    failOn: input.failOn ?? null,
    onUnavailable: toUnavailable(input.onUnavailable),
    thresholds: { safe: input.thresholds?.safe ?? null, high: input.thresholds?.high ?? null },
    exceptions: (input.exceptions ?? []).map((exception) => toException(exception, source)),
    trustedScopes: [...new Set(input.trustedScopes)].map((scope) => ({ scope, source })),
    mirrors: [...new Set((input.mirrors ?? []).map(normaliseMirror))].map((url) => ({ url, source })),
    feeds: (input.feeds ?? []).map((feed) => toFeed(feed, path.dirname(file), source)),
    store: input.store ?? null,
    projectExceptions: input.projectExceptions ?? null,
  };
}

function toUnavailable(setting: ConfigInput['onUnavailable'] = {}): UnavailableSetting {
  if (typeof setting === 'string') return { interactive: setting, ci: setting };
  return { interactive: setting.interactive ?? null, ci: setting.ci ?? null };
}

function toException(input: ExceptionInput, source: PolicySource): PolicyException {
  return {
    name: input.name as PackageName,
    version: input.version,
    signals: input.signals,
    integrity: input.integrity ?? null,
    reason: input.reason,
    author: input.author ?? null,
    expires: input.expires ?? null,
    source,
  };
}

function toFeed(
  feed: NonNullable<ConfigInput['feeds']>[number],
  directory: string,
  source: PolicySource,
): FeedSetting {
  const { source: place, kind = null } = typeof feed === 'string' ? { source: feed } : feed;
  const location = isFeedUrl(place) ? new URL(place).href : path.resolve(directory, place);
  return { location, kind, source };
}
