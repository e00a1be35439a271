import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import path from 'node:path';
import { downloadsAnswer } from './fake-downloads.js';
import { listen } from './fake-listen.js';
import {
  documentOf,
  hasInstallScript,
  integrityOf,
  type PackageDefinition,
  type PackageVersion,
  packVersion,
  tarballPath,
} from './tarball-packages.js';

export type { PackageDefinition, PackageVersion } from './tarball-packages.js';

export type TarballRegistry = {
  /** Base URL with a trailing slash. */
  readonly url: string;
  /** The same server under another origin: whatever is there is a remote to npm. */
  readonly remoteUrl: string;
  /** Prefix for `--downloads-url`. */
  readonly downloadsUrl: string;
  /** Every request to both origins so far; `path` as it came, with the leading slash. */
  readonly requests: readonly { readonly method: string; readonly path: string }[];
  /** The paths that were asked for and hold code: tarballs and objects of git, in order. */
  readonly requestedTarballs: () => readonly string[];
  /** Called with the path of every request, which is answered when the returned promise is fulfilled. */
  readonly onRequest: (listener: RequestListener) => void;
  readonly publish: (definition: PackageDefinition) => void;
  /** What `npm audit` gets to hear of these versions of a package. */
  readonly publishAdvisory: (name: string, vulnerableVersions: string) => void;
  /** Serves `content` at `/PATH`. */
  readonly serveFile: (path: string, content: Buffer) => void;
  /** Serves the files of a folder below `/PREFIX/`. */
  readonly serveFolder: (prefix: string, folder: string) => void;
  /** What a package-lock.json (version 3) says of this version. */
  readonly lockEntry: (name: string, version: string) => LockEntry;
  readonly versionOf: (name: string, version: string) => PackageVersion;
  /** Forgets the requests. */
  readonly reset: () => void;
  readonly close: () => Promise<void>;
};

export type RequestListener = (path: string) => void | Promise<void>;

export type LockEntry = {
  readonly version: string;
  readonly resolved: string;
  readonly integrity: string;
} & Readonly<Record<string, unknown>>;

type Answer = { readonly status: number; readonly type: string; readonly body: string | Buffer };

const NOT_FOUND = json({ error: 'Not found' }, 404);
const IN_LOCKFILES = [
  'dependencies',
  'optionalDependencies',
  'peerDependencies',
  'bundleDependencies',
  'bin',
];
const ADVISORIES = '-/npm/v1/security/advisories/bulk';
const TARBALL = /\.tgz$|\/objects\/(?!info\/)/;

/** Starts a registry on loopback that serves package documents and tarballs with correct integrity, and 404 else. */
export async function startTarballRegistry(
  definitions: readonly PackageDefinition[] = [],
): Promise<TarballRegistry> {
  const packages = new Map<string, PackageDefinition>();
  const files = new Map<string, Buffer>();
  const folders = new Map<string, string>();
  const advisories = new Map<string, readonly object[]>();
  const requests: { method: string; path: string }[] = [];
  let listener: RequestListener = () => undefined;
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const asked = request.url ?? '/';
    requests.push({ method: request.method ?? '', path: asked });
    await listener(asked);
    const { status, type, body } = answer(decodeURIComponent(new URL(asked, url).pathname.slice(1)));
    response.writeHead(status, { 'content-type': type }).end(body);
  };
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    void handle(request, response);
  };
  const servers = [createServer(serve), createServer(serve)] as const;
  const url = `http://127.0.0.1:${await listen(servers[0])}/`;
  const remoteUrl = `http://127.0.0.1:${await listen(servers[1])}/`;

  function versionOf(name: string, version: string): PackageVersion {
    const found = packages.get(name)?.versions[version];
    if (found === undefined) throw new Error(`${name}@${version} is not published`);
    return found;
  }
  function publish(definition: PackageDefinition): void {
    packages.set(definition.name, definition);
  }
  function answer(asked: string): Answer {
    const definition = packages.get(asked);
    if (definition !== undefined) return json(documentOf(definition, url));
    if (asked === ADVISORIES) return json(Object.fromEntries(advisories));
    const downloads = /^-\/(?:downloads\/)?point\/last-week\/(.+)$/.exec(asked)?.[1];
    if (downloads !== undefined) return json(downloadsAnswer({}, downloads).body, 404);
    const file = files.get(asked) ?? tarball(asked) ?? fromFolder(folders, asked);
    return file === null ? NOT_FOUND : { status: 200, type: 'application/octet-stream', body: file };
  }
  function tarball(asked: string): Buffer | null {
    const [, name = '', version = ''] = /^(.+)\/-\/[^/]+?-(\d[^/]*)\.tgz$/.exec(asked) ?? [];
    const found = packages.get(name)?.versions[version];
    if (found === undefined) return null;
    const served = found.serves ?? { name, version };
    return packVersion(served.name, served.version, versionOf(served.name, served.version));
  }
  function lockEntry(name: string, version: string): LockEntry {
    const one = versionOf(name, version);
    const copied = IN_LOCKFILES.filter((key) => one.manifest?.[key] !== undefined);
    return {
      version,
      resolved: `${url}${tarballPath(name, version)}`,
      integrity: integrityOf(packVersion(name, version, one)),
      ...(hasInstallScript(one) ? { hasInstallScript: true } : {}),
      ...Object.fromEntries(copied.map((key) => [key, one.manifest?.[key]])),
    };
  }

  definitions.forEach(publish);
  return {
    url,
    remoteUrl,
    downloadsUrl: `${url}-`,
    requests,
    requestedTarballs: () => requests.map((request) => request.path).filter((asked) => TARBALL.test(asked)),
    onRequest: (one) => {
      listener = one;
    },
    publish,
    publishAdvisory: (name, vulnerableVersions) => advisories.set(name, [advisoryOf(vulnerableVersions)]),
    serveFile: (name, content) => files.set(name, content),
    serveFolder: (prefix, folder) => folders.set(`${prefix}/`, folder),
    lockEntry,
    versionOf,
    reset: () => {
      requests.length = 0;
    },
    close: async () => {
      await Promise.all(
        servers.map((server) => {
          server.closeAllConnections();
          return new Promise((done) => server.close(done));
        }),
      );
    },
  };
}

function json(body: unknown, status = 200): Answer {
  return { status, type: 'application/json', body: JSON.stringify(body) };
}

/** As the bulk endpoint has it: https://docs.npmjs.com/cli/commands/npm-audit#bulk-advisory-endpoint */
function advisoryOf(vulnerableVersions: string): object {
  const where = { url: 'https://example.invalid/advisory', title: 'An invented fault' };
  return { id: 1, ...where, severity: 'high', vulnerable_versions: vulnerableVersions };
}

function fromFolder(folders: ReadonlyMap<string, string>, asked: string): Buffer | null {
  for (const [prefix, folder] of folders) {
    const file = path.join(folder, asked.startsWith(prefix) ? asked.slice(prefix.length) : '..');
    if (file.startsWith(folder) && existsSync(file) && statSync(file).isFile()) return readFileSync(file);
  }
  return null;
}
