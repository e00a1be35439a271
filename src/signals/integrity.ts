/** One hash of a subresource integrity string. */
export type Hash = { readonly algorithm: string; readonly digest: string };

/** Algorithms that npm verifies, strongest first: https://github.com/npm/ssri */
const ALGORITHMS = ['sha512', 'sha384', 'sha256', 'sha1', 'md5'];
/** Those for which nobody can make two tarballs of the same hash. */
const STRONG = new Set(['sha512', 'sha384', 'sha256']);

/** What npm and pnpm write for nearly every package. */
export const ONE_SHA512 = /^sha512-[A-Za-z0-9+/]{86}==$/;

/** The hashes of an integrity string (https://www.w3.org/TR/SRI/); what is none is left out. */
export function parseIntegrity(integrity: string): readonly Hash[] {
  if (ONE_SHA512.test(integrity)) return [{ algorithm: 'sha512', digest: integrity.slice('sha512-'.length) }];
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

/**
 * Whether everything that a package manager accepts under `pinned` is among the bytes that `known` stands for. It takes
 * any hash of the strongest algorithm that is pinned; `null` = `known` has none of that algorithm.
 */
export function pinsOnly(pinned: string, known: string): boolean | null {
  const hashes = parseIntegrity(pinned);
  const strongest = ALGORITHMS.find((algorithm) => hashes.some((hash) => hash.algorithm === algorithm));
  if (strongest === undefined) return null;
  const digests = (all: readonly Hash[]) =>
    all.filter(({ algorithm }) => algorithm === strongest).map(({ digest }) => digest);
  const expected = digests(parseIntegrity(known));
  return expected.length === 0 ? null : digests(hashes).every((digest) => expected.includes(digest));
}
