import type { Report, ReportedPackage } from '../../src/model/report.js';
import type { Risk } from '../../src/model/verdict.js';
import { EMPTY_REPORT } from './empty-report.js';
import { reported } from './reported.js';

/** A run that found nothing. */
export const CLEAN_REPORT: Report = {
  ...EMPTY_REPORT,
  summary: { ...EMPTY_REPORT.summary, packages: 0, safe: 0 },
  stats: { ...EMPTY_REPORT.stats, registryRequests: 0 },
};

/** A run that came to these packages, and to `safe` others that it doesn't list. */
export function reportOf(packages: readonly ReportedPackage[], safe = 0): Report {
  const risks = (risk: Risk) => packages.filter((one) => one.risk === risk).length;
  const blocked = packages.filter(({ action, risk }) => action === 'block' && risk !== 'unknown').length;
  const undecided = packages.some(({ action, risk }) => action === 'block' && risk === 'unknown');
  const listedSafe = risks('safe');
  return {
    ...CLEAN_REPORT,
    status: blocked > 0 ? 'blocked' : undecided ? 'undecided' : 'allowed',
    summary: {
      packages: packages.length + safe,
      safe: listedSafe + safe,
      suspicious: risks('suspicious'),
      highRisk: risks('high-risk'),
      notFound: risks('not-found'),
      unknown: risks('unknown'),
      blocked,
    },
    packages,
    stats: {
      corpus: safe + listedSafe,
      cacheHits: 38,
      registryRequests: packages.length,
      integrityCompared: 12,
      elapsedMs: 1_234,
    },
  };
}

/** A package that doesn't exist, and what was meant. */
export const NOT_FOUND = reported({
  name: 'zq-jscodeshift-react',
  risk: 'not-found',
  score: 1,
  direct: false,
  requestedBy: [
    ['root', 'zq-codemods@4.2.0', 'zq-jscodeshift-react@1.0.0'],
    ['packages/site', 'zq-theme-kit@2.0.1', 'zq-upgrade@0.3.0', 'zq-jscodeshift-react@1.0.0'],
    ['packages/site', 'zq-theme-kit@2.0.1', 'zq-migrate@7.1.4', 'zq-jscodeshift-react@1.0.0'],
  ],
  signals: [
    { code: 'NOT_FOUND', weight: 8, evidence: { registry: 'https://registry.example' } },
    {
      code: 'HALLUCINATION_PATTERN',
      weight: 1.4,
      evidence: { imitated: 'jscodeshift', technique: 'word added' },
    },
  ],
  suggestions: [{ name: 'jscodeshift', why: 'an established name without the added word' }],
});

const KINDS: readonly Partial<ReportedPackage>[] = [
  { ...NOT_FOUND },
  {
    risk: 'high-risk',
    score: 0.93,
    signals: [
      { code: 'TYPOSQUAT', weight: 2.1, evidence: { imitated: 'express', technique: 'letter doubled' } },
      { code: 'RECENTLY_CREATED', weight: 1.6, evidence: { ageDays: 3 } },
      { code: 'LOW_DOWNLOADS', weight: 0.9, evidence: { weeklyDownloads: 12 } },
      { code: 'INSTALL_SCRIPT', weight: 0.8, evidence: { script: 'postinstall' } },
      { code: 'OWN_REPOSITORY', weight: -0.4, evidence: { repository: null } },
    ],
    suggestions: [{ name: 'express', why: 'one letter less' }],
  },
  {
    risk: 'suspicious',
    action: 'warn',
    score: 0.42,
    alias: 'kit',
    signals: [
      { code: 'ALIAS', weight: 0.5, evidence: { alias: 'kit', hidesEstablished: false } },
      { code: 'FEW_RELEASES', weight: 0.7, evidence: { releases: 1 } },
      { code: 'NO_REPOSITORY', weight: 0, evidence: {} },
    ],
  },
  {
    version: null,
    risk: 'suspicious',
    action: 'warn',
    score: 0.35,
    source: 'git',
    decidedBy: 'lockfile',
    signals: [{ code: 'EXOTIC_SOURCE', weight: 1.1, evidence: { source: 'git' } }],
  },
  { risk: 'unknown', score: 0, decidedBy: 'lockfile' },
];

/** So many findings of all kinds, with paths of many lengths. */
export function sampleFindings(number: number): readonly ReportedPackage[] {
  return Array.from({ length: number }, (_, index) => {
    const kind = KINDS[index % KINDS.length] ?? {};
    const name = index % 7 === 3 ? `@zq-scope-${index % 9}/widget-${index}` : `zq-invented-${index}`;
    const version = kind.version === undefined ? `1.${index % 10}.0` : kind.version;
    const label = version === null ? name : `${name}@${version}`;
    const between = Array.from({ length: index % 9 }, (_, step) => `zq-between-${step}@${step}.0.0`);
    const requestedBy = [
      ['root', ...between, label],
      ...(index % 4 === 0 ? [['packages/app', 'zq-other@1.0.0', label]] : []),
    ];
    return reported({ ...kind, name, version, direct: between.length === 0, requestedBy });
  });
}

/** Packages that nothing speaks against, as `--all` lists them. */
export function sampleSafe(number: number): readonly ReportedPackage[] {
  return Array.from({ length: number }, (_, index) => {
    const name = `zq-safe-${index}`;
    return reported({
      name,
      risk: 'safe',
      action: 'allow',
      score: 0.02,
      direct: index % 20 === 0,
      requestedBy: [['root', `zq-above-${index % 50}@1.0.0`, `${name}@1.0.0`]],
      decidedBy: 'corpus',
    });
  });
}
