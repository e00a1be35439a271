import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';

/** The part of gateway/fleet/compose.yaml that tests look at. */
export type ComposeService = {
  readonly image: string;
  readonly build?: object;
  readonly user?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly restart?: string;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly secrets?: readonly string[];
  readonly environment?: object;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly mem_limit?: string;
  readonly cpus?: number;
  readonly pids_limit?: number;
};

export type ComposeFile = {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
};

export const FLEET = 'gateway/fleet';

export function readComposeFile(): ComposeFile {
  return load(readFileSync(`${FLEET}/compose.yaml`, 'utf8')) as ComposeFile;
}

/** A program that runs compose files: `PHANTOM_GUARD_TEST_COMPOSE`, Docker's plugin, or Debian's docker-compose. */
export function composeProgram(): readonly string[] | null {
  const given = process.env['PHANTOM_GUARD_TEST_COMPOSE'];
  const candidates = [...(given === undefined ? [] : [[given]]), ['docker', 'compose'], ['docker-compose']];
  return candidates.find(([file = '', ...words]) => succeeds(file, [...words, 'version'])) ?? null;
}

/** Why no compose file can be run here; `null` = one can. Images are not fetched. */
export function noEngine(images: readonly string[]): string | null {
  if (composeProgram() === null) return 'neither "docker compose" nor docker-compose is here';
  if (!succeeds('docker', ['info'])) return 'no Docker engine answers';
  const absent = images.filter((image) => !succeeds('docker', ['image', 'inspect', image]));
  return absent.length === 0 ? null : `the engine does not have ${absent.join(', ')}`;
}

/** What `docker WORDS…` prints. */
export function docker(...words: readonly string[]): string {
  return execFileSync('docker', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}

function succeeds(file: string, words: readonly string[]): boolean {
  return spawnSync(file, words, { stdio: 'ignore' }).status === 0;
}
