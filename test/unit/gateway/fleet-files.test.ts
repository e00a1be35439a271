import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { loadSettings } from '../../../src/gateway/load-settings.js';
import { parseOptions } from '../../../src/gateway/options.js';
import { composeProgram, FLEET, readComposeFile } from '../../support/compose.js';
import pins from '../../support/toolchain.json' with { type: 'json' };

const text = (file: string): string => readFileSync(path.join(FLEET, file), 'utf8');
const file = readComposeFile();
const services = Object.entries(file.services);
/** Debian's. */
const HAPROXY = '/usr/sbin/haproxy';
const compose = composeProgram() ?? [];
if (compose.length === 0) it.skip('neither "docker compose" nor docker-compose is here');

describe('the compose file', () => {
  it.skipIf(compose.length === 0)('is one that a compose program takes', () => {
    const [program = '', ...words] = compose;
    const taken = (content: string): number | null => {
      const folder = mkdtempSync(path.join(tmpdir(), 'phantom-guard-compose-'));
      writeFileSync(path.join(folder, 'compose.yaml'), content);
      const options = { cwd: folder, stdio: 'ignore' } as const;
      return spawnSync(program, [...words, '-f', 'compose.yaml', 'config', '-q'], options).status;
    };
    expect(taken(text('compose.yaml'))).toBe(0);
    expect(taken(text('compose.yaml').replace('pids_limit', 'pids_limits'))).not.toBe(0);
  });

  it.each(services)('%s has no rights, bounds, and comes back', (_, service) => {
    expect(service).toMatchObject({
      user: '10001:10001',
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      restart: 'unless-stopped',
    });
    for (const bound of ['mem_limit', 'cpus', 'pids_limit'] as const)
      expect(service[bound], bound).toBeDefined();
    const mounts = (service.volumes ?? []).filter((one) => one.startsWith('.'));
    expect(mounts.filter((one) => !one.endsWith(':ro'))).toEqual([]);
    for (const mount of mounts)
      expect(existsSync(path.join(FLEET, mount.split(':')[0] ?? '')), mount).toBe(true);
  });

  it('pins what is fetched to one version, and Verdaccio to one that is tested', () => {
    const [base] = /(?<=^FROM ).+/m.exec(text('Dockerfile')) ?? [];
    const fetched = services.filter(([, { build }]) => build === undefined).map(([, { image }]) => image);
    for (const image of [base, ...fetched]) expect(image).toMatch(/:\d+\.\d+\.\d+(?:-alpine)?$/);
    expect(pins.verdaccio.map(({ version }) => `verdaccio/verdaccio:${version}`)).toContain(base);
  });

  it('publishes the balancer alone, for this machine; the store has a network without a way out', () => {
    const published = services.filter(([, { ports }]) => ports !== undefined);
    expect(published.map(([name, { ports }]) => [name, ports])).toEqual([
      ['balancer', [`\${LISTEN:-127.0.0.1:4873}:4873`]],
    ]);
    expect(file.services['store']).toMatchObject({ networks: ['inside'] });
    expect(file.networks['inside']).toEqual({ internal: true });
  });

  it('has secrets in files of their own, and each service no more of them than it needs', () => {
    expect(services.filter(([, { environment }]) => environment !== undefined)).toEqual([]);
    expect(services.map(([name, { secrets }]) => [name, secrets ?? []])).toEqual([
      ['balancer', []],
      ['gateway', ['store_key', 'store_password', 'token_secret']],
      ['store', ['store_password']],
    ]);
  });

  it('asks the gateway and the store how they are, in the image or here', () => {
    expect(text('Dockerfile')).toContain('HEALTHCHECK');
    for (const name of ['balancer', 'store'])
      expect(file.services[name]?.healthcheck?.test, name).toBeDefined();
    expect(text('haproxy.cfg')).toContain('uri /-/phantom-guard/health');
  });

  it.skipIf(!existsSync(HAPROXY))('has a configuration that the balancer takes', () => {
    const { status, stderr } = spawnSync(HAPROXY, ['-c', '-f', `${FLEET}/haproxy.cfg`], { encoding: 'utf8' });
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  });
});

describe('the configuration in gateway/fleet', () => {
  const verdaccio = load(text('conf/config.yaml')) as {
    readonly middlewares: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly filters: object;
    readonly packages: Readonly<Record<string, { readonly publish?: string }>>;
  };

  it('has options that the gateway knows, in both places', () => {
    const { options, faults } = parseOptions(verdaccio.middlewares['phantom-guard'] ?? {}, '/verdaccio/conf');
    expect(faults).toEqual([]);
    expect(options).toMatchObject({
      config: '/verdaccio/conf/phantom-guard.config.json',
      onDeadline: 'block',
    });
    expect(verdaccio.filters).toHaveProperty('phantom-guard');
  });

  it('lets nobody publish to instances that share no storage', () => {
    expect(Object.values(verdaccio.packages).map(({ publish }) => publish)).toEqual(['$nobody']);
  });

  it('is one that the guard reads, without the password of the store', async () => {
    const { store } = await loadSettings(path.resolve(FLEET, 'conf/phantom-guard.config.json'));
    expect(store).toBe('redis://store:6379');
  });
});

describe('secrets.sh', () => {
  it('makes three secrets of 32 characters for this user alone, and keeps those that are there', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'phantom-guard-secrets-'));
    const script = path.join(folder, 'secrets.sh');
    execFileSync('cp', [path.join(FLEET, 'secrets.sh'), script]);
    const made = (): readonly string[] =>
      Object.values(file.secrets).map((one) => readFileSync(path.join(folder, one.file), 'utf8'));
    execFileSync('sh', [script], { cwd: '/' });
    const first = made();
    for (const secret of first) expect(secret).toMatch(/^[\da-f]{32}$/);
    expect(new Set(first).size).toBe(3);
    expect(statSync(path.join(folder, 'secrets')).mode & 0o777).toBe(0o700);
    expect(readFileSync(path.join(folder, 'secrets/.gitignore'), 'utf8')).toBe('*\n');
    execFileSync('sh', [script], { cwd: '/' });
    expect(made()).toEqual(first);
  });
});
