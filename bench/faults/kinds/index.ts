import type { FaultKind } from '../fault.js';
import { diskFull } from './disk-full.js';
import { flapping } from './flapping.js';
import { killCache } from './kill-cache.js';
import { killCheck } from './kill-check.js';
import { killInstall } from './kill-install.js';
import { offline } from './offline.js';
import { offlineInstall } from './offline-install.js';
import { outOfMemory } from './out-of-memory.js';
import { sharedCache } from './shared-cache.js';

export const KINDS: readonly FaultKind[] = [
  killCheck,
  killInstall,
  killCache,
  sharedCache,
  flapping,
  diskFull,
  offline,
  offlineInstall,
  outOfMemory,
];
