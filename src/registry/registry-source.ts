import type { FactAnswer, FactQuery, FactSource, LookupContext, PackageFacts } from '../model/facts.js';
import type { PackageName } from '../model/package-name.js';
import { type Failure, unavailable } from './failure.js';
import type { JsonAnswer } from './fetch-once.js';
import { forEachBounded } from './for-each-bounded.js';
import { type ClientPorts, createJsonClient, type JsonClient } from './json-client.js';
import { parsePackument, WITHHELD } from './packument.js';
import { parseHttpUrl } from './registry-url.js';
import type { RegistrySettings } from './settings.js';

export type RegistrySourceOptions = {
  readonly settings: RegistrySettings;
  /** Requests at a time, and connections per origin. Default 64. */
  readonly concurrency?: number;
  /** For one name, with retries and body. Default: `fetch-timeout` where it is set, else 30,000. */
  readonly deadlineMs?: number;
  /** After the first attempt. Default: `fetch-retries` where it is set, else 2 as in npm. */
  readonly retries?: number;
  /** Limit of a document, on the wire and decoded. Default 48 MB: the largest real one has 21 MB. */
  readonly maxBodyBytes?: number;
  readonly ports?: Partial<ClientPorts>;
};

/** A fact source that holds connections. */
export type RegistrySource = FactSource<PackageFacts> & {
  /** Drops every connection. */
  close(): Promise<void>;
  /** HTTP requests sent so far. */
  requests(): number;
};

const DEFAULT_CONCURRENCY = 64;
const DEFAULT_DEADLINE_MS = 30_000;
const DEFAULT_RETRIES = 2;
const DEFAULT_MAX_BODY_BYTES = 48 * 1024 * 1024;

/** Facts from the registries that are responsible for the names. One document per name, revalidated by ETag. */
export function createRegistrySource(options: RegistrySourceOptions): RegistrySource {
  const { settings } = options;
  const concurrency = options.concurrency ?? DEFAULT_CONCURRENCY;
  const client = createJsonClient({
    settings,
    concurrency,
    deadlineMs: options.deadlineMs ?? settings.fetchTimeoutMs ?? DEFAULT_DEADLINE_MS,
    retry: { retries: options.retries ?? settings.fetchRetries ?? DEFAULT_RETRIES, waitsForRate: true },
    maxBodyBytes: options.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES,
    ports: options.ports,
  });
  return {
    lookup: (queries, context) => lookupAll(client, concurrency, queries, context),
    close: () => client.close(),
    requests: () => client.requests(),
  };
}

async function lookupAll(
  client: JsonClient,
  concurrency: number,
  queries: readonly FactQuery<PackageFacts>[],
  context: LookupContext,
): Promise<ReadonlyMap<PackageName, FactAnswer<PackageFacts>>> {
  const unique = new Map(queries.map((query) => [query.name, query]));
  const answers = new Map<PackageName, FactAnswer<PackageFacts>>();
  await forEachBounded([...unique.values()], concurrency, async (query) => {
    answers.set(query.name, await lookupOne(client, query, context));
    context.onAnswer(query.name);
  });
  return answers;
}

async function lookupOne(
  client: JsonClient,
  query: FactQuery<PackageFacts>,
  context: LookupContext,
): Promise<FactAnswer<PackageFacts>> {
  const url = parseHttpUrl(`${query.registry.url}${query.name.replace('/', '%2f')}`);
  if (url === null) return unavailable('network', 'the registry has no http(s) address');
  const answer = await client.get({
    url,
    etag: query.previous?.etag ?? null,
    signal: context.signal,
    staysAtOrigin: query.registry.isScopeRegistry,
  });
  return interpret(answer, query, context.nowMs, url.host);
}

function interpret(
  answer: JsonAnswer | Failure,
  query: FactQuery<PackageFacts>,
  nowMs: number,
  host: string,
): FactAnswer<PackageFacts> {
  switch (answer.kind) {
    case 'failed':
      return unavailable(answer.reason, answer.detail);
    case 'missing':
      return interpretMissing(query, answer.withheld, nowMs, host);
    case 'withheld':
      return { kind: 'found', facts: WITHHELD, fetchedAtMs: nowMs, etag: null, from: 'registry' };
    case 'not-modified':
      return query.previous === null
        ? unavailable('unreadable', `${host} says "not modified" without having been asked`)
        : {
            ...query.previous,
            fetchedAtMs: nowMs,
            etag: answer.etag ?? query.previous.etag,
            from: 'registry',
          };
    case 'document':
      return interpretDocument(answer.body, query, answer.etag, nowMs, host);
  }
}

/** A private registry says "not found" to those whom it does not know, so there it proves nothing. */
function interpretMissing(
  query: FactQuery<PackageFacts>,
  withheld: boolean,
  nowMs: number,
  host: string,
): FactAnswer<PackageFacts> {
  if (query.registry.isScopeRegistry) {
    return unavailable('private-scope', `${host}, the registry of this scope, does not show the package`);
  }
  if (withheld)
    return unavailable('unauthorized', `${host} redirects to where its credentials may not be sent`);
  return { kind: 'absent', fetchedAtMs: nowMs, from: 'registry' };
}

function interpretDocument(
  body: unknown,
  { name, versions }: FactQuery<PackageFacts>,
  etag: string | null,
  nowMs: number,
  host: string,
): FactAnswer<PackageFacts> {
  const facts = parsePackument(body, name, nowMs, versions);
  if (facts === null)
    return unavailable('unreadable', `${host} answered with something other than the package`);
  return { kind: 'found', facts, fetchedAtMs: nowMs, etag, from: 'registry' };
}
