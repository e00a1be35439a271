/** What decides who reads a pnpm lockfile, found without parsing it. */
export type LockfileHeader = {
  /** `null` when no line at the top level says it in the usual way. */
  readonly version: string | null;
  readonly documents: number;
  /** A key that a reader which builds plain objects would lose. */
  readonly hasProtoKey: boolean;
};

export function parseHeader(text: string): LockfileHeader {
  const versions = [...text.matchAll(/^lockfileVersion:[ \t]*['"]?([\w.-]+)['"]?[ \t]*\r?$/gm)];
  const separators = [...text.matchAll(/^---(?:[ \t\r]|$)/gm)];
  const startsWithOne = separators[0] !== undefined && text.slice(0, separators[0].index).trim() === '';
  return {
    version: versions.at(-1)?.[1] ?? null,
    documents: separators.length + (startsWithOne ? 0 : 1),
    hasProtoKey: text.includes('__proto__'),
  };
}

/**
 * Whether @pnpm/lockfile-file reads this lockfile completely. Of 5.x it loses the direct dependencies, a file of two
 * documents it refuses, and a dependency called `__proto__` it drops.
 */
export function isForLockfileFile({ version, documents, hasProtoKey }: LockfileHeader): boolean {
  return documents === 1 && !hasProtoKey && (version === '6.0' || version === '9.0');
}
