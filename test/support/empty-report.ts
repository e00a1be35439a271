import type { Report } from '../../src/model/report.js';

/** The report on two packages with which nothing is wrong. */
export const EMPTY_REPORT: Report = {
  schemaVersion: 1,
  tool: { name: 'phantom-guard-install', version: '1.2.3', dataDate: '2026-03-01' },
  status: 'allowed',
  error: null,
  since: null,
  summary: { packages: 2, safe: 2, suspicious: 0, highRisk: 0, notFound: 0, unknown: 0, blocked: 0 },
  packages: [],
  exceptions: [],
  notices: [],
  unchecked: [],
  stats: { corpus: 0, cacheHits: 0, registryRequests: 1, integrityCompared: 0, elapsedMs: 4 },
};
