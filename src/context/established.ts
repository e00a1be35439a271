import type { EstablishedName } from '../model/verdict.js';

/** ⌊log₂⌋ of the monthly downloads of an established name, `null` for any other. */
export type PopularityOf = (name: string) => number | null;

/** The name with its popularity, when it is established. */
export function establishedName(name: string, popularityOf: PopularityOf): EstablishedName | null {
  const popularity = popularityOf(name);
  return popularity === null ? null : { name, popularity };
}
