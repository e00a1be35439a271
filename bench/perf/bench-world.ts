import path from 'node:path';
import { createCachedSource } from '../../src/cache/cached-source.js';
import { createDiskStore } from '../../src/cache/disk-store.js';
import { packageFactsCodec } from '../../src/cache/fact-codecs.js';
import type { FactStore } from '../../src/cache/fact-store.js';
import { DEFAULT_TTL } from '../../src/cache/freshness.js';
import { createKeyFile } from '../../src/cache/key-file.js';
import { createMemoryStore } from '../../src/cache/memory-store.js';
import type { FactSource, PackageFacts, RegistryRef } from '../../src/model/facts.js';
import { type PackageName, parsePackageName } from '../../src/model/package-name.js';
import { type ResolvedTree, UNKNOWN_ENTRY } from '../../src/model/resolved-tree.js';
import type { Verdict } from '../../src/model/verdict.js';
import { createNameJudge } from '../../src/names/judge-name.js';
import { loadNameData } from '../../src/names/load-name-data.js';
import type { NameData } from '../../src/names/name-data.js';
import { judgeTree, type Ports } from '../../src/pipeline.js';
import { DEFAULT_POLICY } from '../../src/policy/policy.js';
import { createDownloadsSource } from '../../src/registry/downloads-source.js';
import { createRegistrySource } from '../../src/registry/registry-source.js';
import { settingsFor } from '../../test/support/fake-settings.js';
import { NOW_MS } from '../accuracy/clock.js';
import type { BenchPackage } from './documents.js';

// Everything that the stages in process need of the pipeline is in this file.

/** The pipeline with its real adapters, as src/compose.ts builds them, around the registry of the bench. */
export type BenchWorld = {
  readonly judge: (tree: ResolvedTree, nowMs?: number) => Promise<readonly Verdict[]>;
  readonly packages: FactSource<PackageFacts>;
  readonly registry: RegistryRef;
  /** Finishes writing the cache. */
  readonly flush: () => Promise<void>;
  /** Finishes writing the cache and drops every connection. */
  readonly close: () => Promise<void>;
};

let names: NameData | null = null;

/** As `--concurrency` has it. */
const CONCURRENCY = 64;

/** @param cacheDir absolute; `null` = facts live as long as the world */
export function openBenchWorld(registryUrl: string, cacheDir: string | null, offline = false): BenchWorld {
  const settings = settingsFor(registryUrl);
  const inner = createRegistrySource({ settings, concurrency: CONCURRENCY });
  const store: FactStore =
    cacheDir === null
      ? createMemoryStore()
      : createDiskStore(cacheDir, createKeyFile(path.join(cacheDir, 'bench.key')));
  const packages = createCachedSource({
    inner,
    store,
    kind: 'packages',
    codec: packageFactsCodec,
    ttl: DEFAULT_TTL,
    offline,
    serviceUrl: null,
    serves: () => true,
  });
  const registry: RegistryRef = {
    url: registryUrl,
    isPublic: false,
    isScopeRegistry: false,
    tarballBases: [registryUrl],
    mirrors: [],
    isChosenByUser: false,
  };
  names ??= loadNameData();
  const data = names;
  const ports: Ports = {
    packages,
    downloads: createDownloadsSource({ settings, urlPrefix: 'none' }),
    registryFor: () => registry,
    judgeName: createNameJudge(data),
    popularityOf: (name) => data.popularityOf(name),
    feedsFor: () => [],
    askAlways: false,
    verifyIntegrity: 'at-hand',
  };
  return {
    judge: async (tree, nowMs = NOW_MS) => {
      // One for each tree, as src/cli/open-judge.ts has it.
      const { signal } = new AbortController();
      const context = { nowMs, signal, onProgress: () => undefined };
      return (await judgeTree(tree, ports, DEFAULT_POLICY, context)).verdicts;
    },
    packages,
    registry,
    flush: () => store.flush(),
    close: async () => {
      await store.flush();
      await inner.close();
    },
  };
}

/** A tree whose root asks for all of `packages`. */
export function treeOf(packages: readonly BenchPackage[]): ResolvedTree {
  const entries = packages.map(({ name, version, resolved, integrity }) => ({
    ...UNKNOWN_ENTRY,
    id: `node_modules/${name}`,
    name,
    registryName: nameOf(name),
    version,
    source: 'registry' as const,
    askedFrom: 'registry' as const,
    resolved,
    integrity,
    direct: true,
  }));
  return {
    format: 'package-lock',
    path: null,
    lockfileVersion: '3',
    importers: [{ id: 'root', path: '.' }],
    entries,
    edges: new Map([['root', entries.map(({ id }) => id)]]),
    unchecked: [],
  };
}

export function nameOf(raw: string): PackageName {
  const name = parsePackageName(raw);
  if (name === null) throw new Error(`not a package name: ${raw}`);
  return name;
}

/** @throws Error where one was not judged on the facts of the registry, or was not found safe */
export function assertSafe(verdicts: readonly Verdict[], count: number): void {
  const wrong = verdicts.find(
    ({ risk, subject }) => risk !== 'safe' || subject.knowledge.answer?.kind !== 'found',
  );
  if (wrong !== undefined || verdicts.length !== count)
    throw new Error(`expected ${count} safe packages, got ${verdicts.length}: ${JSON.stringify(wrong)}`);
}

/** What must come out the same whichever way the facts came. */
export function outcomeOf(verdicts: readonly Verdict[]): string {
  return JSON.stringify(
    verdicts.map(({ subject, risk, score, signals }) => [subject.entry.id, risk, score, signals]),
  );
}
