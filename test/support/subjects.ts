import type { DownloadFacts, FactAnswer, PackageFacts, RegistryRef } from '../../src/model/facts.js';
import { type NameJudgement, NO_JUDGEMENT } from '../../src/model/name-judgement.js';
import { type PackageName, parsePackageName } from '../../src/model/package-name.js';
import type { TreeEntry } from '../../src/model/resolved-tree.js';
import { NO_CONTEXT, type Subject, type SubjectContext } from '../../src/model/verdict.js';

/** The "now" of the tests: 2026-06-01T00:00:00Z. */
export const NOW_MS = Date.UTC(2026, 5, 1);
export const DAY_MS = 86_400_000;

export const REGISTRY: RegistryRef = {
  url: 'http://127.0.0.1:4873/',
  isPublic: false,
  isScopeRegistry: false,
  tarballBases: ['http://127.0.0.1:4873/', 'https://registry.example.test/'],
  mirrors: [],
  isChosenByUser: false,
};

export function daysAgo(days: number): number {
  return NOW_MS - days * DAY_MS;
}

export function packageName(name: string): PackageName {
  const parsed = parsePackageName(name);
  if (parsed === null) throw new Error(`${name} is no package name`);
  return parsed;
}

/** Of nothing in particular. */
export const STRONG_INTEGRITY = `sha512-${'A'.repeat(86)}==`;

/** A registry entry named `invented-widget`, a direct dependency. */
export function entry(overrides: Partial<TreeEntry> = {}): TreeEntry {
  const name = overrides.name ?? 'invented-widget';
  return {
    id: `node_modules/${name}`,
    name,
    registryName: parsePackageName(name),
    alias: null,
    version: '1.0.0',
    spec: null,
    source: 'registry',
    askedFrom: 'registry',
    resolved: null,
    integrity: STRONG_INTEGRITY,
    dev: false,
    optional: false,
    peer: false,
    hasInstallScript: null,
    deprecated: null,
    direct: true,
    presence: 'installed',
    ...overrides,
  };
}

/** A healthy package of four years with every fact known. */
export function facts(overrides: Partial<PackageFacts> = {}): PackageFacts {
  return {
    createdAtMs: daysAgo(4 * 365),
    existedAtMs: daysAgo(4 * 365),
    latestReleaseAtMs: daysAgo(20),
    releaseCount: 40,
    mostReleasesIn24h: 2,
    maintainerCount: 2,
    ownershipChangedAtMs: null,
    hasRepository: true,
    repositoryUrl: 'https://git.example/widget',
    descriptionLength: 40,
    latestVersion: '1.0.0',
    hasInstallScript: false,
    deprecated: null,
    unpublished: false,
    withheld: false,
    versions: {},
    ...overrides,
  };
}

/** Facts of which the registry states none. */
export const UNKNOWN_FACTS: PackageFacts = {
  createdAtMs: null,
  existedAtMs: null,
  latestReleaseAtMs: null,
  releaseCount: null,
  mostReleasesIn24h: null,
  maintainerCount: null,
  ownershipChangedAtMs: null,
  hasRepository: null,
  repositoryUrl: null,
  descriptionLength: null,
  latestVersion: null,
  hasInstallScript: null,
  deprecated: null,
  unpublished: false,
  withheld: false,
  versions: {},
};

export function found<F>(value: F): FactAnswer<F> {
  return { kind: 'found', facts: value, fetchedAtMs: NOW_MS, etag: null, from: 'registry' };
}

export const ABSENT = { kind: 'absent', fetchedAtMs: NOW_MS, from: 'registry' } as const;
export const UNAVAILABLE = {
  kind: 'unavailable',
  reason: 'timeout',
  detail: 'no answer within 30 s',
} as const;

type SubjectParts = {
  readonly registry?: RegistryRef;
  readonly entry?: Partial<TreeEntry>;
  readonly facts?: Partial<PackageFacts>;
  readonly answer?: FactAnswer<PackageFacts> | null;
  readonly weeklyDownloads?: number | null;
  readonly names?: Partial<NameJudgement>;
  readonly context?: Partial<SubjectContext>;
};

const OWN = { repository: { kind: 'own' } } as const;

function isRepositoryKnown(answer: FactAnswer<PackageFacts> | null): boolean {
  return (
    answer?.kind === 'found' && answer.facts.repositoryUrl !== null && answer.facts.hasRepository === true
  );
}

/** A subject: by default a healthy package whose downloads are unknown. */
export function subject(parts: SubjectParts = {}): Subject {
  const downloads: FactAnswer<DownloadFacts> | null =
    parts.weeklyDownloads === undefined ? null : found({ weeklyDownloads: parts.weeklyDownloads });
  const answer = parts.answer === undefined ? found(facts(parts.facts)) : parts.answer;
  const names = { ...NO_JUDGEMENT, ...parts.names };
  return {
    entry: entry(parts.entry),
    knowledge: { registry: parts.registry ?? REGISTRY, answer, downloads },
    names,
    context: { ...NO_CONTEXT, ...(isRepositoryKnown(answer) ? OWN : {}), ...parts.context },
    nowMs: NOW_MS,
  };
}
