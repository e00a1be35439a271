import { createHash } from 'node:crypto';
import type { PackageName } from '../model/package-name.js';

/** Version of everything that is written: keys, records, rows, the order of the codecs' fields. */
export const FORMAT_VERSION = 3;

const PREFIX = `phantom-guard:v${FORMAT_VERSION}`;

/** Hex digits of the service's hash in a key: 64 bits, far more than a user has registries. */
const SERVICE_ID_LENGTH = 16;

const FACT_KINDS = ['packages', 'downloads'] as const;
export type FactKind = (typeof FACT_KINDS)[number];

/** Facts of one kind from one service. Answers of two services never mix. */
export type FactSpace = {
  readonly kind: FactKind;
  /** Hash of the service's URL: neither its host nor a credential is readable in the cache. */
  readonly serviceId: string;
};

/** What a key of ours points to. */
export type ParsedKey =
  | { readonly type: 'record'; readonly space: FactSpace; readonly name: string }
  | { readonly type: 'aggregate'; readonly space: FactSpace };

export function factSpaceOf(kind: FactKind, serviceUrl: string): FactSpace {
  return { kind, serviceId: serviceIdOf(serviceUrl) };
}

/** Hash of a URL without its credentials: 16 hex digits. */
export function serviceIdOf(url: string): string {
  return createHash('sha256').update(withoutCredentials(url)).digest('hex').slice(0, SERVICE_ID_LENGTH);
}

/** Key of the facts of one name. Names hold no colon and keep their case: `JSONStream` is not `jsonstream`. */
export function recordKey(space: FactSpace, name: PackageName): string {
  return `${PREFIX}:${space.kind}:${space.serviceId}:${name}`;
}

/** Key of the record that holds all facts of a space. */
export function aggregateKey(space: FactSpace): string {
  return `${PREFIX}:all-${space.kind}:${space.serviceId}`;
}

/** `null` for a key that this version does not write. */
export function parseKey(key: string): ParsedKey | null {
  const match = /^phantom-guard:v(\d+):(all-)?([a-z]+):([0-9a-f]{16})(?::([^:]+))?$/.exec(key);
  if (match === null || match[1] !== String(FORMAT_VERSION)) return null;
  const kind = FACT_KINDS.find((known) => known === match[3]);
  const serviceId = match[4];
  const name = match[5];
  if (kind === undefined || serviceId === undefined) return null;
  const space: FactSpace = { kind, serviceId };
  if (match[2] !== undefined) return name === undefined ? { type: 'aggregate', space } : null;
  return name === undefined ? null : { type: 'record', space, name };
}

function withoutCredentials(serviceUrl: string): string {
  if (!URL.canParse(serviceUrl)) return serviceUrl;
  const url = new URL(serviceUrl);
  url.username = '';
  url.password = '';
  return url.href;
}
