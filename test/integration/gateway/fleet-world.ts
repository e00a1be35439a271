import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { cpSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { composeProgram, docker, FLEET } from '../../support/compose.js';
import { type Forwarder, startForwarder } from '../../support/forwarder.js';
import { freePort } from '../../support/free-port.js';
import { startTarballRegistry, type TarballRegistry } from '../../support/tarball-registry.js';
import { buildPlugin } from '../../support/verdaccio.js';
import { PACKAGES } from './support.js';

export type Fleet = {
  /** Of the balancer, with a trailing slash. */
  readonly url: string;
  /** gateway/fleet as a user has it, beside the built package. */
  readonly folder: string;
  readonly upstream: TarballRegistry;
  /** `compose WORDS…`. */
  readonly compose: (...words: readonly string[]) => string;
  /** Ids of the containers of a service. */
  readonly containers: (service: string) => readonly string[];
  /** Waits until the balancer and all containers of a service are healthy. */
  readonly healthy: (service: string) => Promise<void>;
  /** Replaces a file of conf, as an editor does. */
  readonly configure: (file: string, content: string) => void;
  readonly close: () => Promise<void>;
};

export const USER = { name: 'zq-admin', password: 'zq-admin-password' } as const;
const START_MS = 120_000;

/** Runs the compose file, with a registry of this machine in the place of npm's. */
export async function startFleet(): Promise<Fleet> {
  const [program = '', ...first] = composeProgram() ?? [];
  const root = path.join(buildPlugin(), 'verdaccio-phantom-guard');
  const folder = path.join(root, 'fleet');
  cpSync(FLEET, folder, { recursive: true, filter: (file) => path.basename(file) !== 'secrets' });
  execFileSync('sh', [path.join(folder, 'secrets.sh')]);
  const project = `zq-fleet-${randomBytes(4).toString('hex')}`;
  const port = await freePort();
  const env = { ...process.env, LISTEN: `127.0.0.1:${port}` };
  const compose = (...words: readonly string[]): string =>
    execFileSync(program, [...first, '-p', project, ...words], {
      cwd: folder,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const containers = (service: string): readonly string[] => compose('ps', '-q', service).trim().split('\n');
  const configure = (file: string, content: string): void => {
    const to = path.join(folder, 'conf', file);
    writeFileSync(`${to}.new`, content);
    renameSync(`${to}.new`, to);
  };
  const upstream = await startTarballRegistry(PACKAGES);
  let forwarder: Forwarder | null = null;
  const fleet: Fleet = {
    url: `http://127.0.0.1:${port}/`,
    folder,
    upstream,
    compose,
    containers,
    configure,
    healthy: async (service) => {
      const untilMs = performance.now() + START_MS;
      const isHealthy = (id: string): boolean =>
        docker('inspect', '--format', '{{.State.Health.Status}}', id) === 'healthy';
      while (![...containers(service), ...containers('balancer')].every(isHealthy)) {
        if (performance.now() > untilMs)
          throw new Error(`not healthy:\n${compose('ps')}\n${compose('logs')}`);
        await sleep(200);
      }
    },
    close: async () => {
      compose('down', '--volumes', '--timeout', '3');
      await forwarder?.close();
      await upstream.close();
    },
  };
  try {
    compose('up', '--no-start', '--build');
    const gatewayAddress = '{{(index .IPAM.Config 0).Gateway}}';
    const address = docker('network', 'inspect', '--format', gatewayAddress, `${project}_front`);
    forwarder = await startForwarder(upstream.url, address);
    const config = readFileSync(path.join(folder, 'conf/config.yaml'), 'utf8')
      .replace('https://registry.npmjs.org/', forwarder.url)
      .replace('downloads: npm', `downloads: ${forwarder.url}-`)
      // A busy machine may take longer, and then the answer is 503 and "try again".
      .replace('deadlineMs: 1000', 'deadlineMs: 20000');
    configure('config.yaml', config);
    const digest = createHash('sha1').update(USER.password).digest('base64');
    configure('htpasswd', `${USER.name}:{SHA}${digest}\n`);
    compose('up', '-d');
    await fleet.healthy('gateway');
    return fleet;
  } catch (error) {
    await fleet.close();
    throw error;
  }
}
