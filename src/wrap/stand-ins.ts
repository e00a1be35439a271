import { packTarball } from '../model/pack-tarball.js';
import { exoticOrigin } from './exotic-spec.js';

type Json = Readonly<Record<string, unknown>>;

/** Packages of git repositories and URLs, replaced by empty ones while a tree is looked at that nobody has judged. */
export type StandIns = {
  /** The spec to write in place of `spec`; the same where that comes from a registry or the disk. */
  readonly specFor: (name: string | null, spec: string) => string;
  /** Manifest with the specs of its dependencies replaced. */
  readonly manifestFor: (manifest: Json) => Json;
  /** The text of a package.json, likewise. */
  readonly replace: (manifest: string) => string;
  /** The empty package behind a path of ours; `null` = there is none. */
  readonly tarballAt: (path: string) => Buffer | null;
  /** What npm says, with the specs that they stand for. */
  readonly inTheirWords: (text: string) => string;
  /** The text of a lockfile or package.json that npm made of them, with the specs that they stand for. */
  readonly restore: (text: string) => string;
};

type StandIn = { readonly name: string; readonly spec: string; readonly resolved: string };

const FOLDER = 'stand-in/';
const LISTS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies', 'overrides'];

/** @param base where they are served: a URL with a trailing slash */
export function createStandIns(base: string): StandIns {
  const all: StandIn[] = [];
  const specFor = (name: string | null, spec: string): string => {
    const origin = exoticOrigin(name, spec);
    if (origin === null) return spec;
    const found = { ...origin, name: origin.name ?? guessName(origin.resolved), spec };
    const at = all.findIndex((one) => one.spec === spec && one.name === found.name);
    if (at < 0) all.push(found);
    const url = `${base}${FOLDER}${at < 0 ? all.length - 1 : at}.tgz`;
    const prefix = name === null && spec.startsWith(`${found.name}@`) ? `${found.name}@` : '';
    return `${prefix}${url}`;
  };
  const specsFor = (list: unknown): unknown => {
    if (!isRecord(list)) return list;
    const replaced = Object.entries(list).map(([name, spec]) => [
      name,
      typeof spec === 'string' ? specFor(name, spec) : specsFor(spec),
    ]);
    return Object.fromEntries(replaced);
  };
  const standInOf = (text: string): StandIn | null => {
    const [, index = ''] = text.startsWith(`${base}${FOLDER}`) ? (/(\d+)\.tgz$/.exec(text) ?? []) : [];
    return all[Number.parseInt(index, 10)] ?? null;
  };
  const manifestFor = (manifest: Json): Json => {
    const lists = LISTS.filter((list) => Object.hasOwn(manifest, list));
    return { ...manifest, ...Object.fromEntries(lists.map((list) => [list, specsFor(manifest[list])])) };
  };
  return {
    specFor,
    manifestFor,
    replace: (manifest) => {
      const parsed: unknown = JSON.parse(manifest);
      return isRecord(parsed) ? JSON.stringify(manifestFor(parsed)) : manifest;
    },
    tarballAt: (path) => {
      const found = path.startsWith(FOLDER) ? standInOf(`${base}${path}`) : null;
      return found === null ? null : emptyPackage(found.name);
    },
    inTheirWords: (text) => text.replace(/http:\S+\.tgz/g, (url) => standInOf(url)?.spec ?? url),
    restore: (text) =>
      `${JSON.stringify(
        JSON.parse(text, (key, value: unknown) => restored(key, value, standInOf)),
        null,
        2,
      )}\n`,
  };
}

/**
 * What only a download could tell is not known of what they stand for: no version, no integrity, and scripts, since a
 * verdict that takes them for harmless would be a reason to download them.
 */
function restored(key: string, value: unknown, standInOf: (text: string) => StandIn | null): unknown {
  if (typeof value === 'string') {
    const found = standInOf(value);
    return found === null ? value : key === 'resolved' ? `${STANDS}${found.resolved}` : found.spec;
  }
  if (!isRecord(value)) return value;
  const { resolved, version: _version, integrity: _integrity, ...rest } = value;
  if (typeof resolved !== 'string' || !resolved.startsWith(STANDS)) return value;
  return { ...rest, resolved: resolved.slice(STANDS.length), hasInstallScript: true };
}

/** Tells a parent that its `resolved` has just been put back; no URL begins like this. */
const STANDS = '\0';

/** A package of a name that is no package's: npm wants one, and takes it from package.json in the end. */
function guessName(url: string): string {
  const word = /([a-z0-9][a-z0-9._-]*?)(?:\.git|\.tgz|\.tar\.gz)?(?:[#?].*)?$/i.exec(url)?.[1];
  return word?.toLowerCase() ?? 'unnamed';
}

function emptyPackage(name: string): Buffer {
  return packTarball([{ path: 'package/package.json', content: JSON.stringify({ name, version: '0.0.0' }) }]);
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
