import type { ReportedPackage } from '../../model/report.js';

/** A package of the page: equal entries of the tree at all their places. */
export type MergedPackage = ReportedPackage & {
  /** How many entries of the tree this is. */
  readonly places: number;
};

/** Makes one of entries that differ in nothing but in who asks for them. Order is kept. */
export function mergeEntries(packages: readonly ReportedPackage[]): readonly MergedPackage[] {
  const merged = new Map<string, MergedPackage>();
  for (const reported of packages) {
    const { direct, requestedBy, ...rest } = reported;
    const key = JSON.stringify(rest);
    const known = merged.get(key);
    merged.set(
      key,
      known === undefined
        ? { ...reported, places: 1 }
        : {
            ...known,
            direct: known.direct || direct,
            requestedBy: [...known.requestedBy, ...requestedBy],
            places: known.places + 1,
          },
    );
  }
  return [...merged.values()];
}
