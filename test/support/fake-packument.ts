/** What a made-up package looks like; everything but the name has a harmless default. */
export type PackumentOptions = {
  readonly name: string;
  /** Version to publication time (ISO 8601). Default: 25 releases, one every 30 days from `created` on. */
  readonly versions?: Readonly<Record<string, string>>;
  /** `time.created`. Default 2020-01-01; `null` leaves it out, as mirrors do. */
  readonly created?: string | null;
  /** Account names. `null` leaves them out, as mirrors do. Default: one. */
  readonly maintainers?: readonly string[] | null;
  /** `null` leaves it out. */
  readonly repository?: string | null;
  /** `null` leaves it out. */
  readonly description?: string | null;
  /** Added to every manifest. */
  readonly manifest?: Readonly<Record<string, unknown>>;
  /** Where the tarballs are said to be. Default: a host that does not exist. */
  readonly tarballPrefix?: string;
};

const DAY_MS = 86_400_000;
const FIRST_RELEASE = '2020-01-01T00:00:00.000Z';
const DEFAULT_RELEASES = 25;

/** A full package document as npm's registry serves it, of a package that nothing is wrong with. */
export function packument(options: PackumentOptions): Record<string, unknown> {
  const created = options.created === undefined ? FIRST_RELEASE : options.created;
  const versions = options.versions ?? defaultVersions(created ?? FIRST_RELEASE);
  const common = commonMembers(options);
  const manifests = Object.keys(versions).map((version) => [version, manifestOf(options, version, common)]);
  const modified = Object.values(versions).at(-1);
  return {
    _id: options.name,
    name: options.name,
    'dist-tags': { latest: Object.keys(versions).at(-1) },
    versions: Object.fromEntries(manifests),
    time: { ...(created === null ? {} : { created, modified }), ...versions },
    ...common,
  };
}

/** The same document as a mirror serves it that keeps neither people nor `created`. */
export function mirrored(options: PackumentOptions): Record<string, unknown> {
  return packument({ ...options, created: null, maintainers: null });
}

function commonMembers(options: PackumentOptions): Record<string, unknown> {
  const { name, description, repository, maintainers } = options;
  const common: Record<string, unknown> = {};
  if (description !== null) common['description'] = description ?? `What ${name} does, said in one sentence`;
  if (repository !== null) {
    common['repository'] = { type: 'git', url: repository ?? `git+https://git.example.test/${name}.git` };
  }
  if (maintainers !== null) common['maintainers'] = (maintainers ?? ['someone']).map(person);
  return common;
}

function manifestOf(
  options: PackumentOptions,
  version: string,
  common: Record<string, unknown>,
): Record<string, unknown> {
  const { name, maintainers, tarballPrefix = 'https://tarballs.example.test/' } = options;
  const publisher = maintainers === null ? {} : { _npmUser: person(maintainers?.[0] ?? 'someone') };
  const base = name.slice(name.indexOf('/') + 1);
  return {
    _id: `${name}@${version}`,
    name,
    version,
    ...common,
    ...publisher,
    dist: { tarball: `${tarballPrefix}${name}/-/${base}-${version}.tgz` },
    ...options.manifest,
  };
}

function person(name: string): { readonly name: string; readonly email: string } {
  return { name, email: `${name}@people.example.test` };
}

function defaultVersions(first: string): Record<string, string> {
  const startMs = Date.parse(first);
  const entries = Array.from({ length: DEFAULT_RELEASES }, (_, index) => [
    `1.${index}.0`,
    new Date(startMs + index * 30 * DAY_MS).toISOString(),
  ]);
  return Object.fromEntries(entries);
}
