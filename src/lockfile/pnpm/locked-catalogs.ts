import type { Catalogs } from '../parse-spec.js';
import { type Fail, fieldAt, stringAt, type UnknownRecord } from '../shape.js';

/** The catalogs of a lockfile (9.0): `specifier` beside the version that it led to. */
export function parseLockedCatalogs(raw: UnknownRecord, fail: Fail): Catalogs {
  const catalogs = fieldAt(raw['catalogs'], 'catalogs', 'the document', fail);
  return new Map(
    Object.keys(catalogs).map((name) => [name, parseCatalog(catalogs[name], `catalogs.${name}`, fail)]),
  );
}

function parseCatalog(value: unknown, where: string, fail: Fail): ReadonlyMap<string, string> {
  const lines = fieldAt(value, 'catalog', where, fail);
  return new Map(
    Object.keys(lines).map((key) => {
      const { specifier } = fieldAt(lines[key], key, where, fail);
      return [key, stringAt(specifier, key, where, fail) ?? '*'];
    }),
  );
}
