import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { serveLoopback } from './loopback.js';

type Env = Readonly<Record<string, string | undefined>>;

/** Where npm, while it only resolves, asks before it downloads anything that holds code. */
export type DownloadDesk = {
  /** The environment in which npm asks. */
  readonly env: (env: Env) => Env;
  /** What was refused so far: URLs, and command lines of git. */
  readonly refused: () => readonly string[];
  readonly close: () => Promise<void>;
};

/** Relative to this module: in the bundle (dist/, dist/chunks/) and in the sources. */
const PLACES = ['../hooks/', '../../hooks/', '../../../hooks/'];
const PRELOAD = 'resolve-only.cjs';

const DESK = 'PHANTOM_GUARD_RESOLVE_ONLY';

/** The environment of an npm that only resolves, before the desk is known: whatever it would download is refused. */
export function resolvingOnly(env: Env): Env {
  const earlier = env['NODE_OPTIONS'] ?? '';
  const NODE_OPTIONS = `${earlier} --require ${quoted(hookFile(PRELOAD))}`.trim();
  return { ...env, NODE_OPTIONS, [DESK]: '' };
}

export async function openDownloadDesk(
  mayDownload: (what: string) => Promise<boolean>,
): Promise<DownloadDesk> {
  const refused: string[] = [];
  const { url, close } = await serveLoopback(async (what) => {
    if (await mayDownload(what)) return { status: 204 };
    refused.push(what);
    return { status: 403 };
  });
  return {
    env: (env) => ({ ...resolvingOnly(env), [DESK]: url }),
    refused: () => refused,
    close,
  };
}

/** https://nodejs.org/docs/latest-v20.x/api/cli.html#node_optionsoptions */
export function quoted(file: string): string {
  return `"${file.replace(/[\\"]/g, '\\$&')}"`;
}

/** A file that npm loads. */
export function hookFile(name: string): string {
  const places = PLACES.map((place) => fileURLToPath(new URL(`${place}${name}`, import.meta.url)));
  return places.find((place) => existsSync(place)) ?? (places[0] as string);
}
