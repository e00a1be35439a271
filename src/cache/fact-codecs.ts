import type { DownloadFacts, PackageFacts, PublishedVersions } from '../model/facts.js';
import { createTableCodec } from './fact-codec.js';
import { isCount, isFlag, isText, isTimeMs, orUnknown } from './field-checks.js';

export const packageFactsCodec = createTableCodec<PackageFacts>({
  createdAtMs: orUnknown(isTimeMs),
  existedAtMs: orUnknown(isTimeMs),
  latestReleaseAtMs: orUnknown(isTimeMs),
  releaseCount: orUnknown(isCount),
  mostReleasesIn24h: orUnknown(isCount),
  maintainerCount: orUnknown(isCount),
  ownershipChangedAtMs: orUnknown(isTimeMs),
  hasRepository: orUnknown(isFlag),
  repositoryUrl: orUnknown(isText),
  descriptionLength: orUnknown(isCount),
  latestVersion: orUnknown(isText),
  hasInstallScript: orUnknown(isFlag),
  deprecated: orUnknown(isText),
  unpublished: isFlag,
  withheld: isFlag,
  versions: isPublishedVersions,
});

export const downloadFactsCodec = createTableCodec<DownloadFacts>({
  weeklyDownloads: orUnknown(isCount),
});

/** Values are checked one by one; a key such as `__proto__` is an own property of what JSON.parse makes. */
function isPublishedVersions(value: unknown): value is PublishedVersions {
  return isRecord(value) && Object.values(value).every((one) => one === null || isPublishedVersion(one));
}

function isPublishedVersion(value: unknown): boolean {
  return isRecord(value) && orUnknown(isText)(value['integrity']);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
