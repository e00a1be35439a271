import type { DownloadFacts, PackageFacts } from '../model/facts.js';
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
});

export const downloadFactsCodec = createTableCodec<DownloadFacts>({
  weeklyDownloads: orUnknown(isCount),
});
