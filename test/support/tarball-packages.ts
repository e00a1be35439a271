import { createHash } from 'node:crypto';
import { packTarball, type TarFile } from '../../src/model/pack-tarball.js';
import { packument } from './fake-packument.js';

export type PackageVersion = {
  /** Added to package.json: dependencies, scripts, bin, bundleDependencies, … */
  readonly manifest?: Readonly<Record<string, unknown>>;
  /** Beside package.json, below the package's folder. */
  readonly files?: Readonly<Record<string, string>>;
  /** Default: package.json and `files`, packed. */
  readonly tarball?: Buffer;
  /** The package document has no `dist.integrity` and no `dist.shasum`. */
  readonly withoutIntegrity?: boolean;
  /** The tarball of this version is that of `NAME@VERSION`; the document still describes the right one. */
  readonly serves?: { readonly name: string; readonly version: string };
};

export type PackageDefinition = {
  readonly name: string;
  /** Oldest first; the last one is `latest`. */
  readonly versions: Readonly<Record<string, PackageVersion>>;
  /** Age of the first version in days; the others follow evenly up to today. */
  readonly ageDays: number;
  /** Default: there is one. */
  readonly repository?: null;
  /** Default: there is one. */
  readonly description?: null;
};

const DAY_MS = 86_400_000;
const LIFECYCLE = ['preinstall', 'install', 'postinstall'];

type Packed = { readonly bytes: Buffer; readonly integrity: string; readonly shasum: string };

/** By `NAME@VERSION`: a document is asked for many times in a test, and has the digests of all its versions. */
const packed = new WeakMap<PackageVersion, Map<string, Packed>>();

/** The tarball as `npm pack` would make it of this version. */
export function packVersion(name: string, version: string, definition: PackageVersion): Buffer {
  return packOnce(name, version, definition).bytes;
}

function packOnce(name: string, version: string, definition: PackageVersion): Packed {
  const known = packed.get(definition) ?? new Map<string, Packed>();
  packed.set(definition, known);
  const id = `${name}@${version}`;
  const found = known.get(id);
  if (found !== undefined) return found;
  const bytes = definition.tarball ?? pack(name, version, definition);
  const shasum = createHash('sha1').update(bytes).digest('hex');
  const made = { bytes, integrity: integrityOf(bytes), shasum };
  known.set(id, made);
  return made;
}

function pack(name: string, version: string, definition: PackageVersion): Buffer {
  const files: TarFile[] = packageFiles(name, version, definition).map((file) => ({
    ...file,
    path: `package/${file.path}`,
  }));
  return packTarball(files);
}

/** The files of the unpacked package; what `bin` names is executable. */
export function packageFiles(name: string, version: string, definition: PackageVersion): TarFile[] {
  const manifest = { name, version, ...definition.manifest };
  const bin = Object.values((definition.manifest?.['bin'] ?? {}) as Record<string, string>);
  return [
    { path: 'package.json', content: `${JSON.stringify(manifest, null, 2)}\n` },
    ...Object.entries(definition.files ?? {}).map(([path, content]) => ({
      path,
      content,
      mode: bin.includes(path) ? 0o755 : 0o644,
    })),
  ];
}

/** The package document of a registry at `registryUrl`. */
export function documentOf(definition: PackageDefinition, registryUrl: string): Record<string, unknown> {
  const { name, ageDays, repository, description } = definition;
  const ids = Object.keys(definition.versions);
  const at = (index: number): string =>
    new Date(Date.now() - ageDays * DAY_MS * (1 - index / ids.length)).toISOString();
  const document = packument({
    name,
    created: at(0),
    versions: Object.fromEntries(ids.map((version, index) => [version, at(index)])),
    tarballPrefix: registryUrl,
    ...(repository === null ? { repository } : {}),
    ...(description === null ? { description } : {}),
  });
  const manifests = document['versions'] as Record<string, Record<string, unknown>>;
  for (const [version, one] of Object.entries(definition.versions)) {
    manifests[version] = {
      ...manifests[version],
      ...one.manifest,
      ...distOf(name, version, one, registryUrl),
    };
    if (hasInstallScript(one)) manifests[version]['hasInstallScript'] = true;
  }
  return document;
}

export function hasInstallScript({ manifest }: PackageVersion): boolean {
  return LIFECYCLE.some((event) => Object.hasOwn((manifest?.['scripts'] ?? {}) as object, event));
}

export function integrityOf(tarball: Buffer): string {
  return `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
}

/** Path of a tarball on the registry, without the leading slash. */
export function tarballPath(name: string, version: string): string {
  return `${name}/-/${name.slice(name.indexOf('/') + 1)}-${version}.tgz`;
}

function distOf(name: string, version: string, one: PackageVersion, registryUrl: string): { dist: object } {
  const { integrity, shasum } = packOnce(name, version, one);
  const digests = one.withoutIntegrity ? {} : { integrity, shasum };
  return { dist: { tarball: `${registryUrl}${tarballPath(name, version)}`, ...digests } };
}
