import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { documentOf, type Subject, tarballOf, tarballPath } from './subjects.js';

/** A registry on loopback that has the subjects of the self-test and nothing else. */
export type SelftestRegistry = {
  /** With a slash at the end. */
  readonly url: string;
  /** How many tarballs of this name were asked for since the last call with it. */
  readonly takeDownloads: (name: string) => number;
  readonly close: () => Promise<void>;
};

export async function startRegistry(subjects: readonly Subject[], nowMs: number): Promise<SelftestRegistry> {
  let downloads: string[] = [];
  let url = '';
  const find = (asked: string): string | Buffer | null => {
    for (const subject of subjects) {
      if (asked === subject.name) return JSON.stringify(documentOf(subject, url, nowMs));
      const version = subject.versions.find((one) => asked === tarballPath(subject, one));
      if (version !== undefined) return tarballOf(subject, version);
    }
    return null;
  };
  const server = createServer((request, response) => {
    const asked = new URL(request.url ?? '/', url).pathname.slice(1);
    if (asked.endsWith('.tgz')) downloads.push(asked);
    const found = find(asked);
    const type = typeof found === 'string' ? 'application/json' : 'application/octet-stream';
    response.writeHead(found === null ? 404 : 200, {
      'content-type': found === null ? 'application/json' : type,
    });
    response.end(found ?? '{"error":"Not found"}');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    url,
    takeDownloads: (name) => {
      const before = downloads.length;
      downloads = downloads.filter((asked) => !asked.startsWith(`${name}/`));
      return before - downloads.length;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
