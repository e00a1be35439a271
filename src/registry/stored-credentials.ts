import { readFile } from 'node:fs/promises';
import { GuardError } from '../errors.js';
import { refuseEndless } from './bounded-config.js';
import { credentialsFor } from './credentials.js';
import type { NpmConfigValues } from './load-npm-config.js';
import type { ParsedRegistryUrl } from './registry-url.js';
import type { ClientCertificate, StoredCredentials } from './settings.js';

type CredentialTable = Record<string, StoredCredentials>;

const NERF_DARTED = /^(\/\/.*):(_authToken|_auth|username|_password|certfile|keyfile)$/;
const NOTHING: StoredCredentials = {
  authToken: null,
  basicAuth: null,
  username: null,
  encodedPassword: null,
  clientCertificate: null,
};

/** Collects the nerf-darted keys of the configuration. @throws GuardError REGISTRY_CONFIG_INVALID for unreadable files */
export async function readStoredCredentials(config: NpmConfigValues): Promise<CredentialTable> {
  const table: CredentialTable = {};
  for (const nerfDart of nerfDartsIn(config)) {
    const value = (key: string): string | null => textOrNull(config.flat[`${nerfDart}:${key}`]);
    table[nerfDart] = {
      authToken: value('_authToken'),
      basicAuth: value('_auth'),
      username: value('username'),
      encodedPassword: value('_password'),
      clientCertificate: await readCertificate(config, nerfDart),
    };
  }
  return table;
}

/** Adds the `user:password@` of registry URLs, which npm's client sends where no other credentials apply. */
export function addUrlCredentials(
  stored: CredentialTable,
  registries: readonly ParsedRegistryUrl[],
): CredentialTable {
  const table = { ...stored };
  for (const { url, basicAuth } of registries) {
    const key = url.slice(url.indexOf('//'));
    if (basicAuth === null || hasAuthorization(table, url)) continue;
    table[key] = { ...(table[key] ?? NOTHING), basicAuth };
  }
  return table;
}

function hasAuthorization(credentials: CredentialTable, url: string): boolean {
  const settings = { registry: url, scopeRegistries: {}, credentials, clientCertificate: null };
  return credentialsFor(settings, new URL(url)).authorization !== null;
}

function nerfDartsIn(config: NpmConfigValues): ReadonlySet<string> {
  const found = Object.keys(config.flat).map((key) => NERF_DARTED.exec(key)?.[1]);
  return new Set(found.filter((nerfDart) => nerfDart !== undefined));
}

/** Both files or nothing; like npm, a missing file means no certificate. */
async function readCertificate(config: NpmConfigValues, nerfDart: string): Promise<ClientCertificate | null> {
  const cert = await readPem(config, `${nerfDart}:certfile`);
  const key = await readPem(config, `${nerfDart}:keyfile`);
  return cert !== null && key !== null ? { cert, key } : null;
}

async function readPem(config: NpmConfigValues, key: string): Promise<string | null> {
  const path = textOrNull(config.flat[key]);
  if (path === null) return null;
  if (config.isFromProject(key)) refuseEndless(path);
  try {
    return textOrNull(await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    const where = config.sourceOf(key);
    throw new GuardError(
      'REGISTRY_CONFIG_INVALID',
      `the file that "${key}" in ${where} names cannot be read`,
      'Make the file readable, or remove the key.',
      error,
    );
  }
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
