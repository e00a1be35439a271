import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import type { FakeRegistryOptions } from '../support/fake-registry.js';
import { testCertificates } from '../support/tls-certificates.js';
import { describeMatrix } from './access-matrix.js';
import type { Laid, Way } from './access-ways.js';
import { HOST, proxyTo, registryWith, type Settings } from './access-world.js';

type Plan = {
  readonly way: string;
  readonly outcome: Way['outcome'];
  readonly registry?: FakeRegistryOptions;
  readonly settings: (port: number) => Settings;
  readonly below?: Settings;
  readonly env?: () => Readonly<Record<string, string>>;
  readonly layers?: Way['layers'];
  readonly built?: boolean;
  /** The registry is behind a proxy, under this name. */
  readonly host?: string;
};

const folder = mkdtempSync(path.join(tmpdir(), 'phantom-guard-pem-'));
const fileOf = (name: string, text: string): string => {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
};
const { ca, client, server } = testCertificates();
const caFile = fileOf('ca.pem', ca);
const manyFile = fileOf('many.pem', `# a comment\n${client.cert}\n${ca}\n`);
const otherFile = fileOf('other.pem', client.cert);
const brokenFile = fileOf('broken.pem', 'this is no certificate\n');
const certFile = fileOf('client.pem', client.cert);
const keyFile = fileOf('client.key', client.key);
const TLS: FakeRegistryOptions = { tls: true };
const MUTUAL: FakeRegistryOptions = { tls: 'client' };

function wayOf({
  way,
  outcome,
  registry = TLS,
  settings,
  below = {},
  env,
  host,
  layers,
  built = false,
}: Plan): Way {
  return {
    way,
    outcome,
    built,
    ...(layers === undefined ? {} : { layers }),
    lay: async (): Promise<Laid> => {
      const started = await registryWith(registry);
      const proxy = host === undefined ? null : await proxyTo(started);
      const url = host === undefined ? started.url : `https://${host}/`;
      return {
        settings: settings(started.port),
        below: { registry: url, ...(proxy === null ? {} : { 'https-proxy': proxy.url }), ...below },
        env: env?.() ?? {},
        registries: { registry: started },
        seen: () => expect(started.requests).toHaveLength(outcome === 'reached' ? 1 : 0),
      };
    },
  };
}

const reached = (way: string, settings: Plan['settings'], more: Partial<Plan> = {}): Way =>
  wayOf({ way, outcome: 'reached', settings, ...more });
const refused = (way: string, settings: Plan['settings'], more: Partial<Plan> = {}): Way =>
  wayOf({ way, outcome: 'refused', settings, ...more });

const AUTHORITIES: readonly Way[] = [
  refused('an authority of its own, without a word of it', () => ({})),
  reached('cafile', () => ({ cafile: caFile })),
  reached('cafile with several authorities and comments', () => ({ cafile: manyFile })),
  reached('ca', () => ({ ca })),
  reached('ca, several', () => ({ 'ca[]': [client.cert, ca] })),
  refused('cafile of another authority', () => ({ cafile: otherFile })),
  refused('ca of another authority', () => ({ ca: client.cert })),
  refused('cafile that is not there', () => ({ cafile: path.join(folder, 'nowhere.pem') })),
  refused('cafile without a certificate in it', () => ({ cafile: brokenFile })),
  reached('strict-ssl=false', () => ({ 'strict-ssl': 'false' })),
  refused('strict-ssl=true', () => ({ 'strict-ssl': 'true' })),
  reached('cafile, behind a proxy', () => ({ cafile: caFile }), { host: HOST }),
  refused('a certificate of another host', () => ({ cafile: caFile }), { host: 'npm.somebody.test' }),
  reached('a certificate of another host, with strict-ssl=false', () => ({ 'strict-ssl': 'false' }), {
    host: 'npm.somebody.test',
  }),
];

const VARIABLES: readonly Way[] = [
  reached('NODE_EXTRA_CA_CERTS', () => ({}), {
    env: () => ({ NODE_EXTRA_CA_CERTS: caFile }),
    layers: ['environment'],
    built: true,
  }),
  refused('NODE_TLS_REJECT_UNAUTHORIZED=0', () => ({}), {
    env: () => ({ NODE_TLS_REJECT_UNAUTHORIZED: '0' }),
    layers: ['environment'],
    built: true,
  }),
  refused('NODE_EXTRA_CA_CERTS beside a cafile of another authority', () => ({ cafile: otherFile }), {
    env: () => ({ NODE_EXTRA_CA_CERTS: caFile }),
    layers: ['environment'],
    built: true,
  }),
];

const at = (port: number, key: string): string => `//127.0.0.1:${port}/:${key}`;
const files = (port: number): Settings => ({
  [at(port, 'certfile')]: certFile,
  [at(port, 'keyfile')]: keyFile,
});
const mutual = { registry: MUTUAL, below: { cafile: caFile } };

const CERTIFICATES: readonly Way[] = [
  refused('a registry that wants a client certificate, without one', () => ({}), mutual),
  reached('cert and key', () => ({ cert: client.cert, key: client.key }), mutual),
  refused('cert without key', () => ({ cert: client.cert }), mutual),
  reached('certfile and keyfile of the registry', files, mutual),
  reached('certfile and keyfile of the registry, with strict-ssl=false', files, {
    registry: MUTUAL,
    below: { 'strict-ssl': 'false' },
  }),
  reached(
    'certfile and keyfile of the registry, behind a proxy',
    () => ({
      [`//${HOST}/:certfile`]: certFile,
      [`//${HOST}/:keyfile`]: keyFile,
    }),
    { ...mutual, host: HOST },
  ),
  reached('cert and key, behind a proxy', () => ({ cert: client.cert, key: client.key }), {
    ...mutual,
    host: HOST,
  }),
  refused('certfile without keyfile', (port) => ({ [at(port, 'certfile')]: certFile }), mutual),
  refused(
    'certfile and keyfile of another path',
    (port) => ({
      [`//127.0.0.1:${port}/other/:certfile`]: certFile,
      [`//127.0.0.1:${port}/other/:keyfile`]: keyFile,
    }),
    mutual,
  ),
  refused('certfile and keyfile of another port', (port) => files(port + 1), mutual),
  refused(
    'certfile that is not there',
    (port) => ({
      ...files(port),
      [at(port, 'certfile')]: path.join(folder, 'nowhere.pem'),
    }),
    mutual,
  ),
  refused('a client certificate of another purpose', () => ({ cert: server.cert, key: client.key }), mutual),
  reached(
    'certfile and keyfile beside a token',
    (port) => ({ ...files(port), [at(port, '_authToken')]: 'zq-token' }),
    {
      ...mutual,
      registry: { ...MUTUAL, authorization: 'Bearer zq-token' },
    },
  ),
];

describeMatrix([...AUTHORITIES, ...VARIABLES, ...CERTIFICATES]);
