import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type PackageDefinition, packVersion } from '../../support/tarball-packages.js';
import { startTarballRegistry, type TarballRegistry } from '../../support/tarball-registry.js';
import {
  type RunningVerdaccio,
  startVerdaccio,
  type VerdaccioOptions,
  type VerdaccioProgram,
} from '../../support/verdaccio.js';

/** Of last week, with an installation script, and nobody behind it. */
export const SQUAT = 'zq-express-guard-kit';
export const SCOPED_SQUAT = '@zq-invented/express-guard-kit';
export const HEALTHY = 'zq-healthy';
export const CHILD = 'zq-healthy-child';
/** A feed lists its version 1.2.0. */
export const LISTED = 'zq-listed';
/** Established, and a feed lists its version 9.9.9. */
export const ESTABLISHED = 'express';
export const PRIVATE = '@zq-own/tool';
export const CLOSED = '@zq-closed/tool';

const FRESH = { ageDays: 3, repository: null, description: null } as const;
const SCRIPT = { manifest: { scripts: { postinstall: 'node -e 0' } } };

export const PACKAGES: readonly PackageDefinition[] = [
  { name: SQUAT, ...FRESH, versions: { '0.9.0': SCRIPT, '1.0.0': SCRIPT } },
  { name: SCOPED_SQUAT, ...FRESH, versions: { '1.0.0': SCRIPT } },
  {
    name: HEALTHY,
    ageDays: 900,
    versions: {
      '1.0.0': {},
      '1.1.0': {},
      '2.0.0': { manifest: { dependencies: { [CHILD]: '^1.0.0' } }, files: { 'index.js': '1;\n' } },
    },
  },
  {
    name: CHILD,
    ageDays: 800,
    versions: { '1.0.0': {}, '1.0.1': {}, '1.1.0': { files: { 'a.js': '2;\n' } } },
  },
  { name: LISTED, ageDays: 700, versions: { '1.0.0': {}, '1.1.0': {}, '1.2.0': {} } },
  { name: ESTABLISHED, ageDays: 3000, versions: { '4.0.0': {}, '4.1.0': {}, '9.9.9': {} } },
];

export const FEED = `name,version\n${LISTED},1.2.0\n${ESTABLISHED},9.9.9\n`;

export type GatewayWorld = {
  readonly upstream: TarballRegistry;
  readonly verdaccio: RunningVerdaccio;
  readonly get: (path: string, headers?: Record<string, string>, method?: string) => Promise<Answer>;
  /** Lines of the decision log, parsed. */
  readonly log: () => readonly Record<string, unknown>[];
  /** Writes the configuration of the organisation. */
  readonly configure: (config: unknown) => void;
  /** Publishes a package of the organisation. */
  readonly publish: (definition: PackageDefinition, token: string) => Promise<number>;
  readonly close: () => Promise<void>;
};

export type Answer = { readonly status: number; readonly headers: Headers; readonly body: string };

/** Verdaccio with the gateway in front of an uplink on loopback. */
export async function startWorld(
  program: VerdaccioProgram,
  plugins: string,
  options: Partial<VerdaccioOptions> = {},
): Promise<GatewayWorld> {
  const upstream = await startTarballRegistry(PACKAGES);
  const verdaccio = await startVerdaccio(program, plugins, {
    uplink: upstream.url,
    files: { 'bad.csv': FEED, 'guard.json': JSON.stringify({ feeds: ['bad.csv'] }) },
    plugin: {
      config: 'guard.json',
      decisionLog: 'decisions.ndjson',
      downloads: 'none',
      deadlineMs: 10_000,
    },
    ...options,
  });
  const at = (file: string): string => path.join(verdaccio.folder, file);
  return {
    upstream,
    verdaccio,
    get: async (asked, headers = {}, method = 'GET') => {
      const response = await fetch(`${verdaccio.url}${asked}`, { headers, method });
      return { status: response.status, headers: response.headers, body: await response.text() };
    },
    log: () =>
      readFileSync(at('decisions.ndjson'), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    configure: (config) =>
      writeFileSync(at('guard.json'), typeof config === 'string' ? config : JSON.stringify(config)),
    publish: async ({ name, versions }, token) => {
      const [[version = '', definition = {}] = []] = Object.entries(versions);
      const bytes = packVersion(name, version, definition);
      const file = `${name}-${version}.tgz`;
      const dist = { tarball: `${verdaccio.url}${name}/-/${file}` };
      const response = await fetch(`${verdaccio.url}${name.replace('/', '%2f')}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({
          _id: name,
          name,
          'dist-tags': { latest: version },
          versions: { [version]: { name, version, dist, ...definition.manifest } },
          _attachments: {
            [file]: {
              content_type: 'application/octet-stream',
              data: bytes.toString('base64'),
              length: bytes.length,
            },
          },
        }),
      });
      return response.status;
    },
    close: async () => {
      await verdaccio.stop();
      await upstream.close();
    },
  };
}

export function emptyFolder(name: string): string {
  return mkdtempSync(path.join(tmpdir(), `phantom-guard-${name}-`));
}
