import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FactQuery, FactSource, PackageFacts } from '../../../src/model/facts.js';
import { createPooledSource, type PooledSource } from '../../../src/pool/pooled-source.js';
import { openThreads, type ThreadLimits } from '../../../src/pool/threads.js';
import { named, queryFor, settingsFor } from '../../support/fake-settings.js';

/** The built worker; `npm run build` makes it. */
export const WORKER = path.resolve('dist/workers/look-up-facts.js');
export const FAULTY = path.resolve('test/integration/pool/faulty-worker.mjs');

export type Pool = {
  readonly source: PooledSource;
  /** Names that the calling thread was asked about. */
  readonly askedHere: readonly string[];
  /** Names that the faulty worker was asked about, in order. */
  readonly askedThere: () => readonly string[];
  readonly close: () => Promise<unknown>;
};

export type PoolOptions = {
  readonly entry?: string;
  readonly registry?: string;
  readonly workers?: number | null;
  readonly concurrency?: number;
  readonly deadlineMs?: number;
  readonly limits?: Partial<ThreadLimits>;
  readonly inLine?: FactSource<PackageFacts>;
};

/** A source over two threads with the faulty worker, unless it is told otherwise; in the calling thread all is absent. */
export function openPool(options: PoolOptions = {}): Pool {
  const book = path.join(mkdtempSync(path.join(tmpdir(), 'phantom-guard-pool-')), 'asked');
  writeFileSync(book, '');
  const { entry = FAULTY, registry = 'http://127.0.0.1:9/', limits = {} } = options;
  const askedHere: string[] = [];
  const source = createPooledSource({
    inLine: options.inLine ?? absentHere(askedHere),
    workers: options.workers === undefined ? 2 : options.workers,
    concurrency: options.concurrency ?? 8,
    open: (plan) => {
      const settings = settingsFor(registry, entry === FAULTY ? { userAgent: book } : {});
      const { deadlineMs = 30_000 } = options;
      return Promise.resolve(openThreads({ entry, plan, settings, deadlineMs, limits }));
    },
  });
  return {
    source,
    askedHere,
    askedThere: () => readFileSync(book, 'utf8').split('\n').slice(0, -1),
    close: async () => await source.threads()?.close(),
  };
}

function absentHere(asked: string[]): FactSource<PackageFacts> {
  return {
    lookup: (queries, { nowMs, onAnswer }) => {
      for (const { name } of queries) {
        asked.push(name);
        onAnswer(name);
      }
      const absent = { kind: 'absent', fetchedAtMs: nowMs, from: 'registry' } as const;
      return Promise.resolve(new Map(queries.map(({ name }) => [name, absent])));
    },
  };
}

export function queries(names: readonly string[], url = 'http://127.0.0.1:9/'): FactQuery<PackageFacts>[] {
  return names.map((name) => queryFor(name, url));
}

/** Names that no fault strikes. */
export function soundNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `zq-sound-${index}`);
}

export { named };
