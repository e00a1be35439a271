import { basename } from 'node:path';

/** The name of a feed in findings and notices: no credentials, query or fragment of a URL, no folders of a path. */
export function labelOf(source: string, url: URL | null): string {
  return url === null ? basename(source) || source : `${url.origin}${url.pathname}`;
}
