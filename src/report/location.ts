import type { Mentioned, ReportedPackage } from '../model/report.js';

/** Where a package is asked for: a file, `/`-separated and relative to the repository, and a line of it, counted from 1. */
export type Location = { readonly file: string; readonly line: number };

/** The packages of a report that stand in a file. */
export type Locations = ReadonlyMap<ReportedPackage, Location>;

/** A place of a package; `null` where it is not known. */
export type Place = Location & { readonly column: number | null };

/** Where a package stands: where it is mentioned, else where it is asked for, else nowhere that is known. */
export function placesOf(reported: ReportedPackage, locations: Locations): readonly (Place | null)[] {
  if (reported.locations.length > 0) return reported.locations;
  const location = locations.get(reported);
  return [location === undefined ? null : { ...location, column: null }];
}

/** `file:line:column`, as compilers write it and terminals know it. */
export function placeLabel({ file, line, column }: Mentioned): string {
  return `${file}:${line}:${column}`;
}
