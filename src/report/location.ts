import type { ReportedPackage } from '../model/report.js';

/** Where a package is asked for: a file, `/`-separated and relative to the repository, and a line of it, counted from 1. */
export type Location = { readonly file: string; readonly line: number };

/** The packages of a report that stand in a file. */
export type Locations = ReadonlyMap<ReportedPackage, Location>;
