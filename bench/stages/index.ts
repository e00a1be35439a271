import type { Stage } from '../perf/stage.js';
import { ready } from './mem001-ready.js';
import { tables } from './mem002-tables.js';
import { batches } from './mem003-batches.js';
import { cachedPackage } from './perf001-cached-package.js';
import { uncachedPackage } from './perf002-uncached-package.js';
import { uncachedPackages } from './perf003-uncached-packages.js';
import { oneName } from './perf004-one-name.js';
import { memoryHit } from './perf005-memory-hit.js';
import { diskHit } from './perf006-disk-hit.js';
import { wholeCheck } from './perf007-whole-check.js';
import { growth } from './perf008-growth.js';
import { scan } from './perf009-scan.js';
import { uncachedTree } from './pool001-uncached-tree.js';

export const STAGES: readonly Stage[] = [
  cachedPackage,
  uncachedPackage,
  uncachedPackages,
  oneName,
  memoryHit,
  diskHit,
  wholeCheck,
  growth,
  scan,
  ready,
  tables,
  batches,
  uncachedTree,
];
