import { digestOf } from '../inputs/digest.js';

/** Of `NAME@VERSION`, in any order and however often. */
export function packagesDigest(ids: Iterable<string>): string {
  return digestOf([...new Set(ids)].toSorted().join('\n'));
}
