import type { SourceKind } from '../model/resolved-tree.js';

/** What a dependency line really asks for. */
export type RequestedName = {
  /** The real name: the one behind an `npm:` alias. */
  readonly name: string;
  /** The key in the tree where it differs from the real name. */
  readonly alias: string | null;
  readonly source: SourceKind;
  /** Why nothing could be installed for it; `null` when something can. */
  readonly problem: string | null;
};

/** `catalog:` lines by catalog name, then package; see pnpm-workspace.yaml. */
export type Catalogs = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Versions, ranges and tags: no `/`, `:` or `@` in them. */
const PLAIN = /^[\w\s.^~<>=|*+-]*$/;
/** `^<>=*`: the first character of most ranges, and of nothing else. */
const RANGE_STARTS: ReadonlySet<number> = new Set([94, 60, 62, 61, 42]);
const TARBALL_FILE = /\.(?:tgz|tar\.gz|tar)$/i;
const NPM_ALIAS = /^npm:((?:@[^/@:\s]+\/)?[^/@:\s]+)(?:@([\w\s.^~<>=|*+-]*))?$/;
/** `workspace:name@range`; without a name it is a range or a path. */
const WORKSPACE_ALIAS = /^workspace:((?:@[^/@\s]+\/)?[^./~^@\s][^/@\s]*)@/;
const JSR = /^jsr:(?:@([^/@]+)\/([^/@]+))?/;
/** Own folders and files, and what no package manager fetches by a URL. */
const OWN = /^(?:workspace|link|portal|runtime|file):|^(?:\.{0,2}|~)\//i;
const OWN_PROTOCOLS: readonly (readonly [prefix: string, source: SourceKind])[] = [
  ['workspace:', 'workspace'],
  ['link:', 'link'],
  ['portal:', 'link'],
  ['runtime:', 'remote'],
];

/** Reads `spec`, which asks for `key`; loads npm-package-arg only for what is no plain range, tag or alias. */
export async function parseSpec(key: string, spec: string, catalogs: Catalogs): Promise<RequestedName> {
  const cataloged = resolveCatalog(key, spec, catalogs);
  return parseCommonSpec(key, cataloged) ?? (await parseRareSpec(key, cataloged));
}

/** Whether npm and pnpm ask a registry for `spec`; `null` when only the resolution can tell. */
export function asksRegistry(spec: string): boolean | null {
  if (RANGE_STARTS.has(spec.charCodeAt(0))) return true;
  if (PLAIN.test(spec)) return !TARBALL_FILE.test(spec);
  if (/^(?:npm|jsr|catalog):/i.test(spec)) return true;
  return /^https?:/i.test(spec) ? false : null;
}

/** What `spec` names as the source of `key`; `null` for the project's own folders and files, and what nobody can tell. */
export function askedSource(key: string, spec: string, catalogs: Catalogs): 'registry' | 'url' | null {
  const cataloged = resolveCatalog(key, spec, catalogs);
  const asked = asksRegistry(cataloged);
  if (asked === null) return OWN.test(cataloged) ? null : 'url';
  return asked ? 'registry' : 'url';
}

/** Whether `spec` puts something else in the place of `key`: another name, or bytes from no registry. */
export function namesOther(key: string, spec: string, catalogs: Catalogs): boolean {
  const cataloged = resolveCatalog(key, spec, catalogs);
  return /^(?:npm|jsr):/i.test(cataloged) || asksRegistry(cataloged) !== true;
}

function resolveCatalog(key: string, spec: string, catalogs: Catalogs): string {
  if (!spec.startsWith('catalog:')) return spec;
  const name = spec.slice('catalog:'.length).trim();
  return catalogs.get(name === '' ? 'default' : name)?.get(key) ?? '*';
}

function parseCommonSpec(key: string, spec: string): RequestedName | null {
  if (PLAIN.test(spec) && !TARBALL_FILE.test(spec)) return registryName(key, key);
  const aliased = NPM_ALIAS.exec(spec)?.[1];
  if (aliased !== undefined) return registryName(key, aliased);
  if (spec.startsWith('jsr:')) return registryName(key, jsrName(key, spec));
  const member = WORKSPACE_ALIAS.exec(spec)?.[1];
  if (member !== undefined) return { name: member, alias: key, source: 'workspace', problem: null };
  const own = OWN_PROTOCOLS.find(([prefix]) => spec.startsWith(prefix));
  return own === undefined ? null : { name: key, alias: null, source: own[1], problem: null };
}

/** jsr.io serves `@scope/name` to npm clients as `@jsr/scope__name`. */
function jsrName(key: string, spec: string): string {
  const [, scope, base] = JSR.exec(spec) ?? [];
  const [ownScope, ownBase] = key.replace(/^@/, '').split('/');
  return `@jsr/${scope ?? ownScope ?? ''}__${base ?? ownBase ?? ''}`;
}

function registryName(key: string, name: string, problem: string | null = null): RequestedName {
  return { name, alias: name === key ? null : key, source: 'registry', problem };
}

async function parseRareSpec(key: string, spec: string): Promise<RequestedName> {
  const { default: npa } = await import('npm-package-arg');
  try {
    const parsed = npa.resolve(key, spec, '/');
    switch (parsed.type) {
      case 'git':
      case 'remote':
      case 'file':
        return { name: key, alias: null, source: parsed.type, problem: null };
      case 'directory':
        return { name: key, alias: null, source: 'link', problem: null };
      case 'alias':
        return registryName(
          key,
          (parsed as { readonly subSpec?: { readonly name?: string } }).subSpec?.name ?? key,
        );
      default:
        return registryName(key, key);
    }
  } catch (error) {
    return registryName(key, key, error instanceof Error ? error.message : String(error));
  }
}
