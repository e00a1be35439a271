import semver from 'semver';

type Json = Readonly<Record<string, unknown>>;

/** A version that was judged, and the bytes that it stands for. */
export type JudgedVersion = {
  readonly version: string;
  /** The URL of the tarball; `null` = the one that the document names. */
  readonly resolved: string | null;
  readonly integrity: string;
};

/**
 * The document of a package with the judged versions only, each with the integrity that was judged: whatever npm
 * resolves from such documents was judged, and npm itself verifies the bytes.
 */
export function judgedDocument(document: Json, judged: readonly JudgedVersion[]): Json {
  const published = (document['versions'] ?? {}) as Readonly<Record<string, Json>>;
  const versions = judged.flatMap(({ version, resolved, integrity }): [string, Json][] => {
    const manifest = Object.hasOwn(published, version) ? published[version] : undefined;
    if (manifest === undefined) return [];
    const tarball = resolved ?? (manifest['dist'] as Json | undefined)?.['tarball'];
    return [[version, { ...manifest, dist: { tarball, integrity } }]];
  });
  const names = versions.map(([version]) => version);
  return {
    name: document['name'],
    'dist-tags': tagsOf(document, names),
    versions: Object.fromEntries(versions),
    time: timesOf(document, names),
  };
}

/** `latest` has to be there for npm; the others where they point to a judged version. */
function tagsOf(document: Json, versions: readonly string[]): Json {
  const tags = Object.entries((document['dist-tags'] ?? {}) as Json).filter(([, version]) =>
    versions.includes(String(version)),
  );
  const newest = semver.rsort([...versions])[0];
  return { ...(newest === undefined ? {} : { latest: newest }), ...Object.fromEntries(tags) };
}

/** `min-release-age` and `before` of npm ask for them. */
function timesOf(document: Json, versions: readonly string[]): Json {
  const times = Object.entries((document['time'] ?? {}) as Json);
  return Object.fromEntries(times.filter(([key]) => versions.includes(key)));
}
