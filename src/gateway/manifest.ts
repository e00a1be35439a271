import semver from 'semver';

/** A package document as Verdaccio keeps it: what its uplinks said, and what was published to it. */
export type Manifest = Readonly<Record<string, unknown>>;

type JsonRecord = Readonly<Record<string, unknown>>;

export function recordIn(holder: JsonRecord | null, key: string): JsonRecord | null {
  const value = holder !== null && Object.hasOwn(holder, key) ? holder[key] : undefined;
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonRecord) : null;
}

/** The uplinks that have said something about the package. */
export function uplinksOf(manifest: Manifest): readonly string[] {
  return Object.keys(recordIn(manifest, '_uplinks') ?? {});
}

/** Name of the tarball of a version, the last part of its URL; `null` where the document has none. */
export function tarballOf(manifest: Manifest, version: string): string | null {
  const dist = recordIn(recordIn(recordIn(manifest, 'versions'), version), 'dist');
  const url = dist?.['tarball'];
  if (typeof url !== 'string') return null;
  const last = url.replace(/[?#].*$/, '').replace(/^.*\//, '');
  return last === '' ? null : last;
}

/**
 * The versions that came from uplinks. One that was published here has its tarball among the attachments and no address
 * of it on an uplink.
 */
export function foreignVersions(manifest: Manifest): readonly string[] {
  const attachments = recordIn(manifest, '_attachments');
  const distFiles = recordIn(manifest, '_distfiles');
  return Object.keys(recordIn(manifest, 'versions') ?? {}).filter((version) => {
    const file = tarballOf(manifest, version);
    return file === null || recordIn(attachments, file) === null || recordIn(distFiles, file) !== null;
  });
}

/** The document as if nothing but these versions were published. */
export function onlyVersions(manifest: Manifest, kept: readonly string[]): Manifest {
  const versions = recordIn(manifest, 'versions') ?? {};
  if (kept.length === Object.keys(versions).length) return manifest;
  const set = new Set(kept);
  return withoutVersions(manifest, new Set(Object.keys(versions).filter((version) => !set.has(version))));
}

/**
 * The document without these versions: their times and the tags that point to them go with them, and `latest` moves to
 * the newest version that is left.
 */
export function withoutVersions(manifest: Manifest, removed: ReadonlySet<string>): Manifest {
  if (removed.size === 0) return manifest;
  const versions = without(recordIn(manifest, 'versions'), (version) => removed.has(version));
  const tags = recordIn(manifest, 'dist-tags') ?? {};
  const kept = without(tags, (_, target) => typeof target === 'string' && removed.has(target));
  const latest = newestOf(Object.keys(versions), tags['latest']);
  const moved = Object.hasOwn(kept, 'latest') || latest === null ? {} : { latest };
  return {
    ...manifest,
    versions,
    'dist-tags': { ...kept, ...moved },
    ...(recordIn(manifest, 'time') === null
      ? {}
      : { time: without(recordIn(manifest, 'time'), (version) => removed.has(version)) }),
  };
}

/** The highest release below what `latest` was, else the highest release, else the highest prerelease. */
function newestOf(versions: readonly string[], before: unknown): string | null {
  const ordered = versions.filter((version) => semver.valid(version) !== null).toSorted(semver.rcompare);
  const releases = ordered.filter((version) => semver.prerelease(version) === null);
  const bound = typeof before === 'string' ? semver.valid(before) : null;
  const below = bound === null ? undefined : releases.find((version) => semver.lt(version, bound));
  return below ?? releases[0] ?? ordered[0] ?? null;
}

function without(record: JsonRecord | null, isGone: (key: string, value: unknown) => boolean): JsonRecord {
  return Object.fromEntries(Object.entries(record ?? {}).filter(([key, value]) => !isGone(key, value)));
}
