/** One hash of a subresource integrity string. */
export type Hash = { readonly algorithm: string; readonly digest: string };

/** Algorithms that npm verifies, strongest first: https://github.com/npm/ssri */
const ALGORITHMS = ['sha512', 'sha384', 'sha256', 'sha1', 'md5'];
/** Those for which nobody can make two tarballs of the same hash. */
const STRONG = new Set(['sha512', 'sha384', 'sha256']);

/** The hashes of an integrity string (https://www.w3.org/TR/SRI/); what is none is left out. */
export function parseIntegrity(integrity: string): readonly Hash[] {
  return integrity.split(/\s+/).flatMap((part) => {
    const [, algorithm, digest] = /^([a-z0-9]+)-([A-Za-z0-9+/=]+)(?:\?.*)?$/.exec(part) ?? [];
    return algorithm !== undefined && digest !== undefined && ALGORITHMS.includes(algorithm)
      ? [{ algorithm, digest }]
      : [];
  });
}

export function isStrong(hashes: readonly Hash[]): boolean {
  return hashes.some(({ algorithm }) => STRONG.has(algorithm));
}

/** Whether two strings stand for the same bytes, by the strongest algorithm that both have; `null` = none in common. */
export function sameIntegrity(a: string, b: string): boolean | null {
  const [left, right] = [parseIntegrity(a), parseIntegrity(b)];
  const digestsOf = (hashes: readonly Hash[], wanted: string) =>
    hashes.filter(({ algorithm }) => algorithm === wanted).map(({ digest }) => digest);
  for (const algorithm of ALGORITHMS) {
    const known = digestsOf(right, algorithm);
    const found = digestsOf(left, algorithm);
    if (known.length > 0 && found.length > 0) return found.some((digest) => known.includes(digest));
  }
  return null;
}
