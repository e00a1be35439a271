import { GuardError } from '../errors.js';
import type { DownloadFacts, FactQuery, Unavailable } from '../model/facts.js';
import { unavailable } from './failure.js';
import { parseHttpUrl } from './registry-url.js';

/** Who counts downloads, and whether only of names that the public registry serves. */
export type Service = { readonly prefix: string; readonly publicOnly: boolean };

/** https://github.com/npm/registry/blob/main/docs/download-counts.md */
const PUBLIC_SERVICE = 'https://api.npmjs.org/downloads';

/**
 * What is said of a name that no service counts, without asking one; `null` = its service has to be asked.
 *
 * @throws GuardError USAGE when `urlPrefix` is no plain http(s) URL
 */
export function settleUncounted(
  urlPrefix: string | null,
): (query: FactQuery<DownloadFacts>) => Unavailable | null {
  const service = parseService(urlPrefix);
  return (query) => (serves(service, query) ? null : UNCOUNTED);
}

/** What is said of a name that no service counts. */
export const UNCOUNTED = unavailable('no-source', 'no download counts for this name');

/** The service that `urlPrefix` stands for; `null` = none. @throws GuardError USAGE */
export function downloadsServiceUrl(urlPrefix: string | null): string | null {
  return parseService(urlPrefix)?.prefix ?? null;
}

/** @throws GuardError USAGE */
export function parseService(urlPrefix: string | null): Service | null {
  if (urlPrefix === 'none') return null;
  if (urlPrefix === null) return { prefix: PUBLIC_SERVICE, publicOnly: true };
  const url = parseHttpUrl(urlPrefix);
  if (url === null || url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') {
    throw new GuardError(
      'USAGE',
      'the downloads URL is not a plain http(s) URL',
      'Give --downloads-url the part before /point/, without query and credentials, or "none".',
    );
  }
  return { prefix: url.href.replace(/\/+$/, ''), publicOnly: false };
}

/** Whether the service counts the name of the query. */
export function serves(service: Service | null, { registry }: FactQuery<DownloadFacts>): boolean {
  return service !== null && !registry.isScopeRegistry && (registry.isPublic || !service.publicOnly);
}
