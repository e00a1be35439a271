import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { FaultPlan } from './fake-faults.js';
import { listen } from './fake-listen.js';
import { type LoggedRequest, RegistryState } from './fake-registry-state.js';
import { testCertificates } from './tls-certificates.js';

export type { FaultPlan } from './fake-faults.js';
export { mirrored, packument } from './fake-packument.js';
export type { LoggedRequest } from './fake-registry-state.js';

export type Encoding = 'identity' | 'gzip' | 'br' | 'deflate' | 'deflate-raw';

export type FakeRegistryOptions = {
  /** Name to document, usually made by `packument`. Each must be asked for, or `verify` complains. */
  readonly packages?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Names that may be asked for and answer 404. Each must be asked for, too. */
  readonly absent?: readonly string[];
  /** Name to faults, used up one after the other; `*` strikes every name, after the name's own. */
  readonly faults?: Readonly<Record<string, readonly FaultPlan[]>>;
  /** Serves download counts; `null` = not counted. Only with this may they be asked for. */
  readonly downloads?: Readonly<Record<string, number | null>>;
  /** Content-Encoding of right answers. Default identity. */
  readonly encoding?: Encoding;
  /** Where the registry lives on its host. Default `/`. */
  readonly basePath?: string;
  /** Requests without this Authorization header get 401. */
  readonly authorization?: string;
  /** Serve https with the certificates of `testCertificates()`. `client` also asks for a client certificate. */
  readonly tls?: boolean | 'client';
  /** `verify` accepts packages and names that nobody asked for; for large trees. */
  readonly allowUnused?: boolean;
};

export type FakeRegistry = {
  /** Base URL with a trailing slash. */
  readonly url: string;
  /** Prefix for `--downloads-url`. */
  readonly downloadsUrl: string;
  readonly port: number;
  /** Every request so far, expected or not. */
  readonly requests: readonly LoggedRequest[];
  /** The package names that were asked for, in order. */
  readonly names: () => readonly string[];
  /** Adds or replaces a package while the server runs. */
  readonly publish: (document: Readonly<Record<string, unknown>>) => void;
  /** Throws when something was asked for that is not expected, or something expected was not asked for. */
  readonly verify: () => void;
  /** Forgets requests and complaints, keeps packages and unused faults. */
  readonly reset: () => void;
  readonly close: () => Promise<void>;
};

/** Starts a registry on a free port of 127.0.0.1. It answers what it was told to and keeps book of the rest. */
export async function startFakeRegistry(options: FakeRegistryOptions = {}): Promise<FakeRegistry> {
  const state = new RegistryState(options);
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    void state.answer(request, response);
  };
  const server = options.tls ? createTlsServer(tlsOptions(options), handle) : createServer(handle);
  const port = await listen(server);
  const origin = `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`;
  return {
    url: `${origin}${state.basePath}`,
    downloadsUrl: `${origin}${state.basePath}downloads`,
    port,
    requests: state.requests,
    names: () => state.requests.map(({ name }) => name).filter((name) => name !== null),
    publish: (document) => state.publish(document),
    verify: () => state.verify(),
    reset: () => state.reset(),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function tlsOptions({ tls }: FakeRegistryOptions) {
  const { ca, server } = testCertificates();
  return { ...server, ca, requestCert: tls === 'client', rejectUnauthorized: tls === 'client' };
}
