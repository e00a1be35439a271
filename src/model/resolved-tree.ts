import type { PackageName } from './package-name.js';

/** Where the bytes of an entry come from. Only `registry` names can be judged by a registry. */
export type SourceKind = 'registry' | 'git' | 'remote' | 'file' | 'link' | 'workspace' | 'bundled';

/** The files that a tree can be read from; `node-modules` is the folder itself. */
export type TreeFormat =
  | 'package-lock'
  | 'npm-shrinkwrap'
  | 'hidden-lockfile'
  | 'pnpm-lock'
  | 'node-modules'
  | 'package-json'
  | 'specs'
  | 'documents';

/**
 * One package of the resolved tree, as the lockfile states it. A fact that the lockfile leaves out is `null`.
 *
 * `presence` is `installed` for what the package manager will put on the disk, and `declared` for a name that a
 * manifest of the tree asks for (peer or optional dependency, or a dependency newer than the lockfile) and that the
 * lockfile does not resolve, `landed` for a package that was found on the disk and that no lockfile pins.
 */
export type TreeEntry = {
  /** Unique in the tree; the key in the lockfile where there is one. */
  readonly id: string;
  /** The real name as written in the file; it may be no valid name. */
  readonly name: string;
  /** The name to ask a registry about: parsed, and `null` for other sources and for names that npm can't install. */
  readonly registryName: PackageName | null;
  /** The key in the tree where it differs from the real name (`npm:` aliases), else `null`. */
  readonly alias: string | null;
  readonly version: string | null;
  /** The range or spec that asked for it, where the entry was not resolved; else `null`. */
  readonly spec: string | null;
  readonly source: SourceKind;
  /** What those who ask for it name as its source, importers before packages; `null` = nobody says it. */
  readonly askedFrom: 'registry' | 'url' | null;
  /** The URL (or path) that the lockfile names for the bytes. */
  readonly resolved: string | null;
  /** Subresource integrity string as in the lockfile. */
  readonly integrity: string | null;
  readonly dev: boolean;
  readonly optional: boolean;
  readonly peer: boolean;
  readonly hasInstallScript: boolean | null;
  /** The deprecation notice of this version, where the lockfile holds it. */
  readonly deprecated: string | null;
  /** The root or a workspace project asks for it in its own manifest. */
  readonly direct: boolean;
  readonly presence: 'installed' | 'declared' | 'landed';
};

/** What is true of an entry of which nothing else is known. */
export const UNKNOWN_ENTRY = {
  registryName: null,
  alias: null,
  version: null,
  spec: null,
  askedFrom: null,
  resolved: null,
  integrity: null,
  dev: false,
  optional: false,
  peer: false,
  hasInstallScript: null,
  deprecated: null,
  direct: false,
  presence: 'installed',
} as const;

/** A project of the tree: the root (`id` = `root`) or a workspace package (`id` = its path). Paths to a finding start here. */
export type Importer = {
  readonly id: string;
  /** Path relative to the lockfile's directory, `/`-separated; `.` for the root. */
  readonly path: string;
};

/** Something in the tree that was not judged, and why. Nothing is ever dropped without one of these. */
export type Unchecked = { readonly id: string; readonly reason: string };

/** What a lockfile, a manifest, a folder or specs resolve to. */
export type ResolvedTree = {
  readonly format: TreeFormat;
  /** Absolute path of the file that was read, `null` for specs given on the command line. */
  readonly path: string | null;
  readonly lockfileVersion: string | null;
  readonly importers: readonly Importer[];
  readonly entries: readonly TreeEntry[];
  /** Who asks for whom: importer id or entry id to the entry ids that it depends on. */
  readonly edges: ReadonlyMap<string, readonly string[]>;
  readonly unchecked: readonly Unchecked[];
};
