import type { ConfigLevel } from '../../../src/config/settings.js';
import type { PackageName } from '../../../src/model/package-name.js';
import type { PolicyException } from '../../../src/policy/policy.js';

/** An exception as it stands in a file. */
export const ENTRY = {
  name: 'zq-reviewed',
  version: '^1.2.0',
  signals: ['RECENTLY_CREATED'],
  reason: 'Read the source of 1.2.0.',
} as const;

export function exception(change: Partial<PolicyException> = {}): PolicyException {
  return {
    name: ENTRY.name as PackageName,
    version: ENTRY.version,
    signals: [...ENTRY.signals],
    reason: ENTRY.reason,
    author: null,
    expires: null,
    integrity: null,
    source: 'project',
    ...change,
  };
}

export function level(change: Partial<ConfigLevel> = {}): ConfigLevel {
  return {
    failOn: null,
    onUnavailable: { interactive: null, ci: null },
    thresholds: { safe: null, high: null },
    exceptions: [],
    trustedScopes: [],
    mirrors: [],
    feeds: [],
    store: null,
    projectExceptions: null,
    ...change,
  };
}
