import type { ReportedPackage } from '../../model/report.js';

/** Lines of a lockfile or manifest, counted from 1: of resolved packages (`name@version` and `name`) and of names that are asked for. */
export type EntryLines = {
  readonly entries: ReadonlyMap<string, number>;
  readonly requests: ReadonlyMap<string, number>;
};

/** Gathers lines; where a package stands more than once, the first counts. */
export class LineCollector implements EntryLines {
  readonly entries = new Map<string, number>();
  readonly requests = new Map<string, number>();

  addEntry(name: string, version: string | null, line: number): void {
    if (version !== null) addOnce(this.entries, `${name}@${version}`, line);
    addOnce(this.entries, name, line);
  }

  /** `spec` names another package where it is an alias. */
  addRequest(name: string, spec: string, line: number): void {
    addOnce(this.requests, name, line);
    const aliased = parseAlias(spec);
    if (aliased !== null) addOnce(this.requests, aliased.name, line);
  }
}

/** The line where a package stands: resolved in this version, asked for, or resolved in another; `null` = nowhere. */
export function lineOf(
  { entries, requests }: EntryLines,
  { name, version, alias }: Pick<ReportedPackage, 'name' | 'version' | 'alias'>,
): number | null {
  const key = alias ?? name;
  return (
    entries.get(`${key}@${version}`) ??
    entries.get(`${name}@${version}`) ??
    requests.get(key) ??
    requests.get(name) ??
    entries.get(name) ??
    entries.get(key) ??
    null
  );
}

/** The package and the rest of `npm:name@rest`; `null` = no alias. */
export function parseAlias(spec: string): { readonly name: string; readonly rest: string | null } | null {
  if (!spec.startsWith('npm:')) return null;
  const target = spec.slice('npm:'.length);
  const at = target.indexOf('@', 1);
  return at < 0 ? { name: target, rest: null } : { name: target.slice(0, at), rest: target.slice(at + 1) };
}

function addOnce(lines: Map<string, number>, key: string, line: number): void {
  if (!lines.has(key)) lines.set(key, line);
}
