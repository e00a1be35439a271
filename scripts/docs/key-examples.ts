import type { ConfigInput } from '../../src/config/schema.js';

/** One value for every key of the configuration; parsed in test/unit/docs. */
export const KEY_EXAMPLES: Required<ConfigInput> = {
  $schema: 'https://unpkg.com/phantom-guard-install/schemas/config.schema.json',
  failOn: 'suspicious',
  onUnavailable: { interactive: 'warn', ci: 'block' },
  thresholds: { safe: 0.25, high: 0.5 },
  trustedScopes: ['@corp'],
  mirrors: ['https://npm.corp.example/mirror/'],
  feeds: ['feeds/malicious.json', { source: 'https://feeds.corp.example/names', kind: 'hallucination' }],
  store: 'rediss://cache.corp.example:6379',
  exceptions: [
    {
      name: 'left-pad',
      version: '^1.3.0',
      signals: ['FEW_RELEASES'],
      reason: 'Read the source of 1.3.0; eleven lines.',
      author: 'Ada',
      expires: '2027-06-30',
    },
  ],
  projectExceptions: false,
};
