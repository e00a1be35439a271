import type { FactQuery } from '../model/facts.js';
import { type FactKind, type FactSpace, factSpaceOf } from './fact-space.js';

/** Divides queries by the space that their facts belong to. */
export type Grouping<F> = (
  queries: readonly FactQuery<F>[],
) => ReadonlyMap<FactSpace, readonly FactQuery<F>[]>;

/** @param serviceUrl URL of the service that answers, where it is not the registry of the query; else `null` */
export function createGrouping<F>(kind: FactKind, serviceUrl: string | null): Grouping<F> {
  const spaces = new Map<string, FactSpace>();
  const spaceOf = (url: string): FactSpace => {
    const space = spaces.get(url) ?? factSpaceOf(kind, url);
    spaces.set(url, space);
    return space;
  };
  return (queries) => {
    const groups = new Map<FactSpace, FactQuery<F>[]>();
    for (const query of queries) {
      const space = spaceOf(serviceUrl ?? query.registry.url);
      const group = groups.get(space) ?? [];
      group.push(query);
      groups.set(space, group);
    }
    return groups;
  };
}
