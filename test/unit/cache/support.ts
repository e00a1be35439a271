import { createCachedSource } from '../../../src/cache/cached-source.js';
import { packageFactsCodec } from '../../../src/cache/fact-codecs.js';
import type { FactStore } from '../../../src/cache/fact-store.js';
import { DEFAULT_TTL } from '../../../src/cache/freshness.js';
import type {
  FactAnswer,
  FactQuery,
  FactSource,
  LookupContext,
  PackageFacts,
  RegistryRef,
} from '../../../src/model/facts.js';
import type { PackageName } from '../../../src/model/package-name.js';

export const NOW_MS = Date.UTC(2026, 2, 1);

export const REGISTRY: RegistryRef = {
  url: 'https://registry.example.test/',
  isPublic: false,
  isScopeRegistry: false,
  tarballBases: ['https://registry.example.test/'],
  mirrors: [],
  isChosenByUser: false,
};

export function nameOf(text: string): PackageName {
  return text as PackageName;
}

export function namesOf(count: number, prefix = 'zq-made-up-'): PackageName[] {
  return Array.from({ length: count }, (_, index) => nameOf(`${prefix}${index}`));
}

/** Facts that can be told from those of every other name and fetch time. */
export function factsOf(name: string, fetchedAtMs = NOW_MS): PackageFacts {
  return {
    createdAtMs: Date.UTC(2019, 0, 1),
    existedAtMs: Date.UTC(2019, 0, 1),
    latestReleaseAtMs: fetchedAtMs - 1000,
    releaseCount: name.length,
    mostReleasesIn24h: 1,
    maintainerCount: 2,
    ownershipChangedAtMs: null,
    hasRepository: true,
    repositoryUrl: `git+https://git.example.test/${name}.git`,
    descriptionLength: 31,
    latestVersion: '1.2.3',
    hasInstallScript: false,
    deprecated: 'use\nother "thing" – ü',
    unpublished: false,
    withheld: false,
    versions: { '1.0.0': { integrity: 'sha512-eA==' }, '0.9.0': null },
  };
}

export type Answerer = (query: FactQuery<PackageFacts>, nowMs: number) => FactAnswer<PackageFacts>;

export const found: Answerer = ({ name }, nowMs) => ({
  kind: 'found',
  facts: factsOf(name, nowMs),
  fetchedAtMs: nowMs,
  etag: `W/"${name}"`,
  from: 'registry',
});
export const absent: Answerer = (_, nowMs) => ({ kind: 'absent', fetchedAtMs: nowMs, from: 'registry' });
export const unavailable =
  (reason: 'network' | 'forbidden'): Answerer =>
  () => ({ kind: 'unavailable', reason, detail: 'no' });

export type Recorder = FactSource<PackageFacts> & {
  readonly asked: FactQuery<PackageFacts>[];
  answerer: Answerer;
};

/** A source that answers by a function and remembers what it was asked. */
export function recorder(answerer: Answerer = found): Recorder {
  const self: Recorder = {
    asked: [],
    answerer,
    lookup: (queries, { nowMs, onAnswer }) => {
      self.asked.push(...queries);
      for (const { name } of queries) onAnswer(name);
      return Promise.resolve(new Map(queries.map((query) => [query.name, self.answerer(query, nowMs)])));
    },
  };
  return self;
}

export function cached(
  inner: FactSource<PackageFacts>,
  store: FactStore,
  options: { offline?: boolean; serviceUrl?: string } = {},
): FactSource<PackageFacts> {
  return createCachedSource({
    inner,
    store,
    kind: 'packages',
    codec: packageFactsCodec,
    ttl: DEFAULT_TTL,
    offline: options.offline ?? false,
    serviceUrl: options.serviceUrl ?? null,
    serves: (facts, { needsVersions, versions }) =>
      !needsVersions || versions.every((version) => Object.hasOwn(facts.versions, version)),
  });
}

export function queriesFor(names: readonly string[], registry = REGISTRY): FactQuery<PackageFacts>[] {
  return names.map((name) => ({
    name: nameOf(name),
    registry,
    versions: [],
    needsVersions: false,
    previous: null,
  }));
}

export function contextAt(
  nowMs: number,
  onAnswer: (name: PackageName) => void = () => undefined,
): LookupContext {
  return { nowMs, signal: new AbortController().signal, onAnswer };
}
