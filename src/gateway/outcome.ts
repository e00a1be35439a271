import type { Ruling } from './ruling.js';

/** What came of judging a package document. */
export type Outcome =
  /** The organisation's own: not judged. Its tarballs are those of the document; an uplink may get others. */
  | { readonly kind: 'own'; readonly files: ReadonlySet<string> }
  /** Established, and nobody has anything to say about it. */
  | { readonly kind: 'established' }
  /** One ruling for all versions that came from an uplink. */
  | {
      readonly kind: 'whole';
      readonly ruling: Ruling;
      /** What `latest` points to; `null` = nothing. */
      readonly latest: string | null;
      readonly own: OwnFiles;
    }
  /** A ruling for each of them. */
  | {
      readonly kind: 'versions';
      readonly rulings: ReadonlyMap<string, Ruling>;
      /** Tarball to version. */
      readonly files: ReadonlyMap<string, string>;
      readonly own: OwnFiles;
    };

/** Versions that were published here, and their tarballs. */
export type OwnFiles = { readonly versions: ReadonlySet<string>; readonly files: ReadonlySet<string> };

export const NOTHING_OWN: OwnFiles = { versions: new Set(), files: new Set() };

/** The ruling on a tarball; `null` = it may pass. What belongs to no version that was judged is not known. */
export function rulingOnFile(outcome: Outcome, file: string): Ruling | 'unknown' | null {
  switch (outcome.kind) {
    case 'own':
      return outcome.files.has(file) ? null : 'unknown';
    case 'established':
      return null;
    case 'whole':
      return outcome.own.files.has(file) ? null : outcome.ruling;
    case 'versions': {
      if (outcome.own.files.has(file)) return null;
      const version = outcome.files.get(file);
      return version === undefined ? 'unknown' : (outcome.rulings.get(version) ?? 'unknown');
    }
  }
}

/** The ruling that stands for the whole package: that on all versions, or where every version is blocked, on one of them. */
export function rulingOnName(outcome: Outcome): Ruling | null {
  switch (outcome.kind) {
    case 'own':
    case 'established':
      return null;
    case 'whole':
      return outcome.own.versions.size > 0 && outcome.ruling.action === 'block' ? null : outcome.ruling;
    case 'versions': {
      const rulings = [...outcome.rulings.values()];
      const areBlocked = rulings.length > 0 && rulings.every(({ action }) => action === 'block');
      return areBlocked && outcome.own.versions.size === 0 ? (rulings.at(-1) ?? null) : null;
    }
  }
}

/** The ruling on a version or, where it is none that was judged, `null`. */
export function rulingOnVersion(outcome: Outcome, version: string): Ruling | null {
  if (outcome.kind === 'versions') return outcome.rulings.get(version) ?? null;
  if (outcome.kind === 'whole' && !outcome.own.versions.has(version)) return outcome.ruling;
  return null;
}

/** Which of the versions must not be served. */
export function blockedVersions(outcome: Outcome, versions: readonly string[]): ReadonlySet<string> {
  return new Set(versions.filter((version) => rulingOnVersion(outcome, version)?.action === 'block'));
}
