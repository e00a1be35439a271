import type { Location, ReportedPackage } from '../model/report.js';

/** The packages of a report that stand in a file, with the places where they do; at least one each. */
export type Locations = ReadonlyMap<ReportedPackage, readonly Location[]>;

/** `file:line:column`, as compilers write it and terminals know it. */
export function placeLabel({ file, line, column }: Location): string {
  return column === null ? `${file}:${line}` : `${file}:${line}:${column}`;
}
