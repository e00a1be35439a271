import type { DependencyRequest } from './dependency-request.js';
import { type Fail, fieldAt, recordAt, type UnknownRecord } from './shape.js';

/**
 * The replacements that a manifest orders: npm's `overrides` (nested), pnpm's `pnpm.overrides` and `resolutions`.
 * Each counts under the name of the package that it replaces. Values that point at another override (`$name`) or
 * remove a package (`-`) name nothing of their own.
 */
export function parseOverrides(root: UnknownRecord, fail: Fail): readonly DependencyRequest[] {
  const pnpm = fieldAt(root['pnpm'], 'pnpm', 'package.json', fail);
  return [
    ...flattenOverrides(root['overrides'], fail),
    ...flattenOverrides(root['resolutions'], fail),
    ...flattenOverrides(pnpm['overrides'], fail),
  ];
}

/** As {@link parseOverrides}, for one such object. */
export function flattenOverrides(value: unknown, fail: Fail): readonly DependencyRequest[] {
  const flat: DependencyRequest[] = [];
  const open: { readonly under: string; readonly value: unknown }[] = [{ under: '', value }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const [selector, inner] of Object.entries(recordAt(next.value, 'overrides', fail))) {
      const key = selector === '.' ? next.under : overriddenName(selector);
      if (typeof inner === 'object') open.push({ under: key, value: inner });
      else if (typeof inner === 'string' && !/^[$-]/.test(inner))
        flat.push({ key, spec: inner, kind: 'prod' });
    }
  }
  return flat;
}

/** `b` of the selectors `b`, `b@1`, `a>b`, `a@1>b@2` and `a/b` (resolutions). */
function overriddenName(selector: string): string {
  const last = selector.slice(selector.lastIndexOf('>') + 1).trim();
  const at = last.indexOf('@', last.lastIndexOf('/@', last.indexOf('@', 1)) + 2);
  const bare = at < 1 ? last : last.slice(0, at);
  const base = bare.lastIndexOf('/');
  const scope = bare.lastIndexOf('/', base - 1) + 1;
  return base > 0 && bare[scope] === '@' ? bare.slice(scope) : bare.slice(base + 1);
}
