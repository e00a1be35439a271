import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { silentIo } from '../../../src/api/silent-io.js';
import { createGateway, type Gateway, type GatewayPorts } from '../../../src/gateway/gateway.js';
import type { Manifest } from '../../../src/gateway/manifest.js';
import { DEFAULT_OPTIONS, type GatewayOptions } from '../../../src/gateway/options.js';
import { openRules } from '../../../src/gateway/rules.js';
import { registryFor } from '../../../src/registry/settings.js';
import { packument } from '../../support/fake-packument.js';

export const SQUAT = 'zq-express-guard-kit';
const DAY_MS = 86_400_000;
const REGISTRY = 'http://127.0.0.1:9/';

/** A document as Verdaccio has it of an uplink. */
export function fromUplink(document: Manifest, more: Manifest = {}): Manifest {
  return {
    _rev: '1-a',
    ...document,
    _uplinks: { npmjs: { etag: '"1"' } },
    _attachments: {},
    _distfiles: {},
    ...more,
  };
}

/** Of last week, with an installation script, and nobody behind it. */
export function squat(name = SQUAT): Manifest {
  const at = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString();
  return fromUplink(
    packument({
      name,
      created: at(3),
      versions: { '0.9.0': at(3), '1.0.0': at(2) },
      repository: null,
      description: null,
      manifest: { scripts: { install: 'x' } },
    }),
  );
}

export function healthy(name: string, manifest: Manifest = {}): Manifest {
  return fromUplink(packument({ name, manifest }));
}

export type TestGateway = {
  readonly gateway: Gateway;
  readonly folder: string;
  /** Writes a file into the folder of the configuration. */
  readonly write: (file: string, content: unknown) => void;
  readonly complaints: readonly string[];
  /** Moves the clock. */
  readonly pass: (ms: number) => void;
};

export function startGateway(
  options: Partial<GatewayOptions> = {},
  {
    files = {},
    ports = {},
    wrapRules = (open) => open(),
  }: {
    readonly files?: Record<string, unknown>;
    readonly ports?: Partial<GatewayPorts>;
    /** Stands around the reading of the rules. */
    readonly wrapRules?: (open: GatewayPorts['openRules']) => ReturnType<GatewayPorts['openRules']>;
  } = {},
): TestGateway {
  const folder = mkdtempSync(path.join(tmpdir(), 'phantom-guard-gateway-'));
  const write = (file: string, content: unknown): void =>
    writeFileSync(path.join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));
  for (const [file, content] of Object.entries(files)) write(file, content);
  const all: GatewayOptions = {
    ...DEFAULT_OPTIONS,
    config: 'guard.json' in files ? path.join(folder, 'guard.json') : null,
    downloads: 'none',
    deadlineMs: 30_000,
    ...options,
  };
  let aheadMs = 0;
  const io = { ...silentIo({ cwd: folder, env: { HOME: folder } }), nowMs: () => Date.now() + aheadMs };
  const complaints: string[] = [];
  const gateway = createGateway({
    options: all,
    faults: [],
    io,
    openRules: () => wrapRules(() => openRules(all, io)),
    registryOf: (_, name) =>
      registryFor(
        { registry: REGISTRY, publicRegistry: REGISTRY, scopeRegistries: {}, userScopes: [] },
        name,
      ),
    onProblem: (message) => complaints.push(message),
    ...ports,
  });
  const pass = (ms: number): void => {
    aheadMs += ms;
  };
  return { gateway, folder, write, complaints, pass };
}
