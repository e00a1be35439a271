import type { FuzzTarget } from '../target.js';
import { agentCall } from './agent-call.js';
import { cacheEntry } from './cache-entry.js';
import { configs } from './config.js';
import { documents } from './documents.js';
import { feed } from './feed.js';
import { manifest, pnpmWorkspace } from './manifest.js';
import { nameData } from './name-data.js';
import { npmrcLines, npmrcSettings } from './npmrc.js';
import { packageLock } from './package-lock.js';
import { packument } from './packument.js';
import { pnpmLock, pnpmLockLegacy } from './pnpm-lock.js';
import { shellLine } from './shell-line.js';
import { specs } from './specs.js';

/** Every parser of bytes that others write. */
export const TARGETS: readonly FuzzTarget[] = [
  packageLock,
  pnpmLock,
  pnpmLockLegacy,
  manifest,
  pnpmWorkspace,
  packument,
  ...configs,
  npmrcLines,
  npmrcSettings,
  shellLine,
  agentCall,
  feed,
  nameData,
  ...documents,
  cacheEntry,
  specs,
];
