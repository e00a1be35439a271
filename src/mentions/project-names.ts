import { parsePackageName } from '../model/package-name.js';
import type { IsOpen } from './mention.js';
import { isPlaceholder } from './placeholders.js';
import { packageOfImport } from './registry-name.js';

/** What the files of one folder say about names that are used below it. */
export type FolderNames = {
  /** Keys of dependencies. */
  readonly declared: readonly string[];
  /** Specifiers, or their beginnings up to a `/`, that the project resolves itself. */
  readonly aliases: readonly string[];
};

/** What a project calls its own. */
export type ProjectNames = {
  /** By folder, `/`-separated and relative to the root, which is the empty string. */
  readonly folders: ReadonlyMap<string, FolderNames>;
  /** Names of its packages, and those that it takes from folders, git or URLs. */
  readonly own: ReadonlySet<string>;
  /** Commands that its dependencies bring, so that `npx` asks nobody for them. */
  readonly bins: ReadonlySet<string>;
};

/** What is open in the files of a folder: specifiers of packages that no manifest at or above it declares. */
export function openIn(folder: string, { folders, own }: ProjectNames): IsOpen {
  const above = foldersAbove(folder).flatMap((one) => folders.get(one) ?? []);
  const declared = new Set(above.flatMap((one) => one.declared));
  const aliases = new Set(above.flatMap((one) => one.aliases));
  return (specifier) => {
    const name = packageOfImport(specifier)?.name;
    if (name === undefined || isPlaceholder(name) || isOwn(name, own)) return false;
    return !declared.has(name) && !declared.has(typesOf(name)) && !isAliased(specifier, aliases);
  };
}

/**
 * Also what is named after one of them in its scope, where nobody else can publish: packages for platforms are asked for by name
 * whether they exist or not.
 */
export function isOwn(name: string, own: ReadonlySet<string>): boolean {
  if (own.has(name)) return true;
  for (
    let end = name.lastIndexOf('-');
    name.startsWith('@') && end > name.indexOf('/');
    end = name.lastIndexOf('-', end - 1)
  )
    if (own.has(name.slice(0, end))) return true;
  return false;
}

/** `@types/x`, `@types/scope__x`: a package of nothing but the types of what this name stands for. */
function typesOf(name: string): string {
  return `@types/${name.replace(/^@/, '').replace('/', '__')}`;
}

function isAliased(specifier: string, aliases: ReadonlySet<string>): boolean {
  for (let end = specifier.length; end > 0; end = specifier.lastIndexOf('/', end - 1))
    if (aliases.has(specifier.slice(0, end))) return true;
  return false;
}

function foldersAbove(folder: string): readonly string[] {
  const above = [''];
  for (let end = folder.indexOf('/'); end >= 0; end = folder.indexOf('/', end + 1))
    above.push(folder.slice(0, end));
  return folder === '' ? above : [...above, folder];
}

/** A manifest's own name, its dependencies, and those of them that come from no registry. */
export function namesOfManifest(manifest: unknown): {
  readonly name: string | null;
  readonly declared: readonly string[];
  readonly local: readonly string[];
  readonly bins: readonly string[];
} {
  const fields = recordOf(manifest);
  const dependencies = DEPENDENCY_FIELDS.flatMap((field) => Object.entries(recordOf(fields[field])));
  const { name, bin } = fields;
  return {
    name: typeof name === 'string' && parsePackageName(name) !== null ? name : null,
    declared: dependencies.map(([key]) => key),
    local: dependencies.filter(([, spec]) => LOCAL.test(String(spec))).map(([key]) => key),
    bins: Object.keys(recordOf(bin)),
  };
}

const DEPENDENCY_FIELDS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];
const LOCAL =
  /^(?:workspace|file|link|portal|git(?:\+\w+)?|github|gitlab|bitbucket|https?|ssh):|^[./~]|^[^@:/\s]+\/[^/\s]+$/;

/** The value as an object; an empty one for everything else. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}
