declare const brand: unique symbol;

/** A registry package name that npm would accept for installation, legacy upper-case names included. */
export type PackageName = string & { readonly [brand]: 'PackageName' };

/** npm's limit on the length of a name, scope included (validate-npm-package-name). */
const MAX_NAME_LENGTH = 214;
/** Nearly every name: the rules of npm for new names. Spares the others' work for a whole tree. */
const ORDINARY = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/;
const RESERVED = new Set(['node_modules', 'favicon.ico']);

/**
 * Reads `raw` as a package name; `null` when npm could not install anything under it.
 * Upper case and `~'!()*` are accepted, since names older than npm's present rules have them.
 * Case is kept: `JSONStream` and `jsonstream` are two packages.
 */
export function parsePackageName(raw: string): PackageName | null {
  if (raw.length === 0 || raw.length > MAX_NAME_LENGTH) return null;
  if (ORDINARY.test(raw) && !RESERVED.has(raw)) return raw as PackageName;
  const scoped = raw.startsWith('@');
  const slash = raw.indexOf('/');
  if (scoped !== slash > 0 || raw.indexOf('/', slash + 1) > 0) return null;
  const scope = scoped ? raw.slice(1, slash) : null;
  const base = scoped ? raw.slice(slash + 1) : raw;
  if (scope !== null && !isUrlSafe(scope)) return null;
  return isUrlSafe(base) && !/^[._]/.test(base) && !RESERVED.has(base.toLowerCase())
    ? (raw as PackageName)
    : null;
}

/** The scope with its `@`, or `null`. */
export function scopeOf(name: PackageName): string | null {
  return name.startsWith('@') ? name.slice(0, name.indexOf('/')) : null;
}

function isUrlSafe(part: string): boolean {
  return part.length > 0 && isWellFormed(part) && encodeURIComponent(part) === part;
}

function isWellFormed(text: string): boolean {
  return !/[\uD800-\uDFFF]/.test(text);
}
