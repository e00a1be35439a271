import type { RegistryRef } from '../model/facts.js';
import type { TreeEntry } from '../model/resolved-tree.js';
import type { Evidence } from '../model/signal.js';
import { parseTarballUrl, type TarballUrl, tarballPath } from '../model/tarball-url.js';
import type { Detector } from './detector.js';

/**
 * The attack: the lockfile is edited so that a name which reviewers know is fetched from somewhere else: the tarball of
 * another package or version, another host, or a connection that anybody on the way can change. npm and pnpm install
 * what `resolved` says.
 *
 * Known false positives: mirrors that the policy does not list, and plain http in lockfiles of 2018, which npm itself
 * replaces; neither blocks alone. An absent `resolved` is normal.
 */
export const resolvedMismatch: Detector = {
  code: 'RESOLVED_MISMATCH',
  detect: ({ entry, knowledge: { registry } }) => {
    if (entry.source !== 'registry' || entry.resolved === null || registry === null) return null;
    if (isExpected(entry, entry.resolved, registry)) return null;
    // pnpm cuts the registry's address off.
    const resolved = parseUrl(entry.resolved, registry.url);
    const url = resolved === null ? null : parseTarballUrl(resolved.href);
    if (url !== null && resolved !== null)
      return mismatchOf({ ...entry, resolved: resolved.href }, url, registry);
    return { kind: 'host', expected: new URL(registry.url).host, found: resolved?.protocol ?? 'nowhere' };
  },
};

function parseUrl(raw: string, base: string): URL | null {
  return URL.canParse(raw, base) ? new URL(raw, base) : null;
}

/** The common case, without taking URLs apart. */
export function isExpected(
  { name, version }: TreeEntry,
  resolved: string,
  { tarballBases }: RegistryRef,
): boolean {
  if (version === null) return false;
  const path = tarballPath(name, version);
  return tarballBases.some((base) => resolved === base + path && base.startsWith('https:'));
}

function mismatchOf(
  { name, version, resolved }: TreeEntry,
  url: TarballUrl,
  { tarballBases, mirrors, url: expected }: RegistryRef,
): Evidence | null {
  if (url.name !== null && url.name !== name) return { kind: 'package', expected: name, found: url.name };
  if (url.version !== null && version !== null && withoutBuild(url.version) !== withoutBuild(version))
    return { kind: 'version', expected: version, found: url.version };
  const sources = [
    ...tarballBases.filter((base) => new URL(base).host === url.host),
    ...mirrors.filter((base) => resolved !== null && isBelow(resolved, base)),
  ];
  if (sources.length === 0) return { kind: 'host', expected: new URL(expected).host, found: url.host };
  return url.isInsecure && sources.every((base) => base.startsWith('https:'))
    ? { kind: 'http', expected: 'https', found: 'http' }
    : null;
}

/** Below the mirror as the URL will be requested, whatever `..` and their encodings stand in it. */
function isBelow(resolved: string, base: string): boolean {
  const { href, pathname } = new URL(resolved);
  return href.startsWith(new URL(base).href) && !/\.\.%2f|%2f\.\.|\\|%5c/i.test(pathname);
}

/** Registries leave build metadata out of names of files. */
function withoutBuild(version: string): string {
  const at = version.indexOf('+');
  return at < 0 ? version : version.slice(0, at);
}
