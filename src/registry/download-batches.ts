import type { PackageName } from '../model/package-name.js';

/** The public service's limit on names in one request; it takes scoped names only one at a time. */
const MAX_NAMES = 128;
/** Characters of names in one URL: servers and proxies commonly refuse URLs beyond 8 kB. */
const MAX_CHARACTERS = 6_000;

/** Divides names into requests: unscoped ones together, scoped ones alone. */
export function batchNames(names: readonly PackageName[]): readonly (readonly PackageName[])[] {
  const batches: PackageName[][] = [];
  let open: PackageName[] = [];
  let characters = 0;
  for (const name of names) {
    if (name.startsWith('@')) {
      batches.push([name]);
      continue;
    }
    if (open.length === 0 || open.length >= MAX_NAMES || characters + name.length > MAX_CHARACTERS) {
      open = [];
      characters = 0;
      batches.push(open);
    }
    open.push(name);
    characters += name.length + 1;
  }
  return batches;
}
