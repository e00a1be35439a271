import type { PackageName } from '../model/package-name.js';
import { createJsonClient } from './json-client.js';
import { asRecord, type JsonRecord } from './json-record.js';
import { parseHttpUrl } from './registry-url.js';
import { type RegistrySettings, registryFor } from './settings.js';

/** Package documents whole, as the registries that are responsible for the names publish them. */
export type PackageDocumentSource = {
  /** `null` = the registry can't be asked, or answers with something else. */
  readonly fetch: (name: PackageName) => Promise<JsonRecord | 'missing' | null>;
  /** Drops every connection. */
  readonly close: () => Promise<void>;
};

export type PackageDocumentOptions = {
  readonly settings: RegistrySettings;
  readonly concurrency: number;
  /** For one document, with retries. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
};

/** As for facts: the largest real document has 21 MB. */
const MAX_BODY_BYTES = 48 * 1024 * 1024;

/** Each document is fetched once for the life of the source. */
export function createPackageDocuments(options: PackageDocumentOptions): PackageDocumentSource {
  const { settings, concurrency, deadlineMs, signal } = options;
  const client = createJsonClient({
    settings,
    concurrency,
    deadlineMs,
    retry: { retries: settings.fetchRetries ?? 2, waitsForRate: true },
    maxBodyBytes: MAX_BODY_BYTES,
  });
  const known = new Map<PackageName, Promise<JsonRecord | 'missing' | null>>();
  const get = async (name: PackageName): Promise<JsonRecord | 'missing' | null> => {
    const registry = registryFor(settings, name);
    const url = parseHttpUrl(`${registry.url}${name.replace('/', '%2f')}`);
    if (url === null) return null;
    const answer = await client.get({ url, etag: null, signal, staysAtOrigin: registry.isScopeRegistry });
    if (answer.kind === 'missing') return 'missing';
    return answer.kind === 'document' ? asRecord(answer.body) : null;
  };
  return {
    fetch: (name) => {
      const document = known.get(name) ?? get(name);
      known.set(name, document);
      return document;
    },
    close: () => client.close(),
  };
}
