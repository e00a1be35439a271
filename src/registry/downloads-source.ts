import type { DownloadFacts, FactAnswer, FactQuery, FactSource, LookupContext } from '../model/facts.js';
import type { PackageName } from '../model/package-name.js';
import { type Breaker, createBreaker } from './breaker.js';
import { batchNames } from './download-batches.js';
import { interpretDownloads } from './download-counts.js';
import { parseService, type Service, serves, UNCOUNTED } from './downloads-service.js';
import { forEachBounded } from './for-each-bounded.js';
import { type ClientPorts, createJsonClient, type JsonClient } from './json-client.js';
import type { RegistrySettings } from './settings.js';

export type DownloadsSourceOptions = {
  readonly settings: RegistrySettings;
  /**
   * What stands before `/point/`. `null` = the public service, for names that the public registry serves; a URL = all
   * names but those of scopes with a registry of their own; `none` = no counts.
   */
  readonly urlPrefix: string | null;
  /** For one request, with retries and body. Default 3,000: counts are a help, not a need. */
  readonly deadlineMs?: number;
  readonly ports?: Partial<ClientPorts>;
};

/** A fact source that holds connections. */
export type DownloadsSource = FactSource<DownloadFacts> & {
  /** Drops every connection. */
  close(): Promise<void>;
  /** HTTP requests sent so far. */
  requests(): number;
};

type Query = FactQuery<DownloadFacts>;
type Answers = Map<PackageName, FactAnswer<DownloadFacts>>;
const CONCURRENCY = 8;
const RETRIES = 1;
const DEFAULT_DEADLINE_MS = 3_000;
const MAX_BODY_BYTES = 1024 * 1024;

/**
 * Weekly downloads. A name that the service does not count is `absent`; once the service limits the rate or keeps
 * failing, the rest of the run is `unavailable` at once.
 *
 * @throws GuardError USAGE when `urlPrefix` is no plain http(s) URL
 */
export function createDownloadsSource(options: DownloadsSourceOptions): DownloadsSource {
  const service = parseService(options.urlPrefix);
  const breaker = createBreaker();
  const client = createJsonClient({
    settings: options.settings,
    concurrency: CONCURRENCY,
    deadlineMs: options.deadlineMs ?? DEFAULT_DEADLINE_MS,
    retry: { retries: RETRIES, waitsForRate: false },
    maxBodyBytes: MAX_BODY_BYTES,
    ports: options.ports,
  });
  return {
    lookup: (queries, context) => lookupAll(client, service, breaker, queries, context),
    close: () => client.close(),
    requests: () => client.requests(),
  };
}

async function lookupAll(
  client: JsonClient,
  service: Service | null,
  breaker: Breaker,
  queries: readonly Query[],
  context: LookupContext,
): Promise<ReadonlyMap<PackageName, FactAnswer<DownloadFacts>>> {
  const answers: Answers = new Map();
  const answer = (name: PackageName, given: FactAnswer<DownloadFacts>): void => {
    answers.set(name, given);
    context.onAnswer(name);
  };
  const unique = [...new Map(queries.map((query) => [query.name, query])).values()];
  for (const { name } of unique.filter((query) => !serves(service, query))) {
    answer(name, UNCOUNTED);
  }
  const served = service === null ? [] : unique.filter((query) => serves(service, query));
  await forEachBounded(batchNames(served.map(({ name }) => name)), CONCURRENCY, async (batch) => {
    const given = await lookupBatch(client, service?.prefix ?? '', breaker, batch, context);
    for (const name of batch) answer(name, given(name));
  });
  return answers;
}

async function lookupBatch(
  client: JsonClient,
  prefix: string,
  breaker: Breaker,
  batch: readonly PackageName[],
  context: LookupContext,
): Promise<(name: PackageName) => FactAnswer<DownloadFacts>> {
  const tripped = breaker.tripped();
  if (tripped !== null) return () => tripped;
  const url = new URL(`${prefix}/point/last-week/${batch.join(',')}`);
  const result = await client.get({ url, etag: null, signal: context.signal, staysAtOrigin: false });
  const interpreted = interpretDownloads(result, batch.length, url.host, context.nowMs);
  breaker.record(interpreted.kind === 'failed' ? interpreted.answer : null);
  return interpreted.kind === 'failed' ? () => interpreted.answer : interpreted.answerFor;
}
