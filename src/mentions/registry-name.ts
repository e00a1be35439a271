import { isBuiltin } from 'node:module';
import { type PackageName, parsePackageName } from '../model/package-name.js';

/** A name that npm would ask its registry for, with the exact version if one is named. */
export type NamedPackage = { readonly name: PackageName; readonly version: string | null };

const EXACT = /^v?(\d{1,9}\.\d{1,9}\.\d{1,9}(?:[-+][\w.+-]+)?)$/;

/** Modules that Vite makes while it serves a page, under names that look like packages (vite/dist/client). */
const VIRTUAL: ReadonlySet<string> = new Set(['@vite/client', '@vite/env']);

/** Of `npm:`, with the alias before it if there is one. */
export function schemeLength(word: string): number {
  return /^(?:[^:]*@)?npm:/.exec(word)?.[0].length ?? 0;
}

/**
 * The package that an install command gets from a registry for this word; `null` for folders, URLs, git repositories, and words
 * that npm could not install.
 */
export function packageOfSpec(word: string): NamedPackage | null {
  const spec = word.slice(schemeLength(word));
  if (/^[./~\\]|\.(?:tgz|tar|tar\.gz)$/i.test(spec)) return null;
  const at = spec.indexOf('@', 1);
  const [bare, version] = at < 0 ? [spec, ''] : [spec.slice(0, at), spec.slice(at + 1)];
  if (/:/.test(bare) || /^(?:file|link|workspace|git|github|https?|ssh|jsr|portal|patch)\b.*:/.test(version))
    return null;
  const name = parsePackageName(bare);
  return name === null ? null : { name, version: EXACT.exec(version)?.[1] ?? null };
}

/**
 * The package that a specifier of an import means; `null` for files, path aliases (`@/x`, `#x`, `~/x`, `$lib`), Node's own
 * modules, modules that a bundler makes, and everything with a scheme (`virtual:x`, `https:`) but `npm:`.
 */
export function packageOfImport(specifier: string): NamedPackage | null {
  // Queries and loaders of bundlers: `x?raw`, `!!raw-loader!x`.
  const plain = specifier.replace(/^.*!/s, '').replace(/[?].*$/s, '');
  if (plain.startsWith('npm:')) return packageOfSpec(`npm:${firstParts(plain.slice('npm:'.length))}`);
  if (/[:\\\0]|^[./~#$]/.test(plain) || isBuiltin(plain)) return null;
  const named = firstParts(plain);
  const name = VIRTUAL.has(named) ? null : parsePackageName(named);
  return name === null ? null : { name, version: null };
}

function firstParts(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
