import { parsePackageName } from '../model/package-name.js';
import { quote } from './key-path.js';

/** Why `name` can't be the name of an exception, or `null`. */
export function nameFault(name: string): string | null {
  if (/^@[^/]*(?:\/\**)?$/.test(name))
    return `${quote(name)} is a whole scope, and an exception is for one package`;
  // The star is a legal character of names older than npm's present rules; nobody means one of those.
  if (/[*?[\]{}]/.test(name)) return `${quote(name)} is a pattern, and an exception is for one package`;
  return parsePackageName(name) === null ? `${quote(name)} is no valid package name` : null;
}

/** Why `scope` can't be trusted as a scope, or `null`. */
export function scopeFault(scope: string): string | null {
  if (/[*?[\]{}]/.test(scope)) return `${quote(scope)} is a pattern, not a scope`;
  const isScope = /^@[^/]+$/.test(scope) && parsePackageName(`${scope}/x`) !== null;
  return isScope ? null : `${quote(scope)} is no scope`;
}
