import { request as httpRequest } from 'node:http';
import { createServer, type Server } from 'node:https';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { listen } from '../../support/fake-listen.js';
import { startFakeProxy } from '../../support/fake-proxy.js';
import { testCertificates } from '../../support/tls-certificates.js';
import type { VerdaccioProgram } from '../../support/verdaccio.js';
import { type GatewayWorld, HEALTHY, startWorld } from './support.js';

export type AuditedWorlds = {
  readonly guarded: GatewayWorld;
  /** Verdaccio without the gateway. */
  readonly alone: GatewayWorld;
  readonly close: () => Promise<void>;
};

const ONLY_LOOPBACK = pathToFileURL(path.resolve('test/support/only-loopback.mjs')).href;

/**
 * Two Verdaccios whose audits reach a registry on loopback: theirs ask registry.npmjs.org whatever the uplink, and find it behind a proxy
 * that leads to the uplink of the first one. Nothing else than loopback can be reached from them.
 */
export async function startAuditedWorlds(program: VerdaccioProgram, plugins: string): Promise<AuditedWorlds> {
  let upstream = '';
  const registry = createServer(testCertificates().server, (incoming, response) => {
    const { pathname } = new URL(incoming.url ?? '/', upstream);
    const onward = httpRequest(new URL(pathname, upstream), { method: incoming.method });
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.writeHead(502).end());
    incoming.pipe(onward);
  });
  const proxy = await startFakeProxy({ targetPort: await listen(registry as Server) });
  const options = {
    config: { https_proxy: proxy.url },
    middlewares: { audit: { enabled: true } },
    env: { NODE_OPTIONS: `--import=${ONLY_LOOPBACK}`, NODE_TLS_REJECT_UNAUTHORIZED: '0' },
  };
  const [guarded, alone] = await Promise.all([
    startWorld(program, plugins, options),
    startWorld(program, plugins, { ...options, plugin: null }),
  ]);
  upstream = guarded.upstream.url;
  guarded.upstream.publishAdvisory(HEALTHY, '<2.5.0');
  return {
    guarded,
    alone,
    close: async () => {
      await Promise.all([guarded.close(), alone.close(), proxy.close()]);
      registry.closeAllConnections();
      await new Promise((done) => registry.close(done));
    },
  };
}
