import { type Fail, ownValue, recordAt, stringAt, type UnknownRecord } from './shape.js';

export type RequestKind = 'prod' | 'dev' | 'optional' | 'peer' | 'optional-peer';

/** One line of a manifest's dependency lists: the key in the tree, what it asks for, and from which list. */
export type DependencyRequest = { readonly key: string; readonly spec: string; readonly kind: RequestKind };

type ListKind = Exclude<RequestKind, 'optional-peer'>;
const LISTS: readonly (readonly [list: string, kind: ListKind])[] = [
  ['dependencies', 'prod'],
  ['optionalDependencies', 'optional'],
  ['devDependencies', 'dev'],
  ['peerDependencies', 'peer'],
];

/** The dependency lists of a package or a manifest; devDependencies count with `withDev` only. */
export function parseRequests(
  holder: UnknownRecord,
  where: string,
  fail: Fail,
  withDev: boolean,
): readonly DependencyRequest[] {
  const requests: DependencyRequest[] = [];
  for (const [list, kind] of LISTS) {
    const names = holder[list];
    if (names === undefined || (kind === 'dev' && !withDev)) continue;
    const isOptional = kind === 'peer' ? optionalPeers(holder, where, fail) : null;
    for (const [key, value] of Object.entries(recordAt(emptyListAsNone(names), `${where}.${list}`, fail))) {
      const spec = stringAt(value, `${where}.${list}.${key}`, fail) ?? '*';
      requests.push({ key, spec, kind: isOptional?.has(key) ? 'optional-peer' : kind });
    }
  }
  return requests;
}

/** npm reads `"dependencies": []` as no dependencies. */
function emptyListAsNone(names: unknown): unknown {
  return Array.isArray(names) && names.length === 0 ? null : names;
}

function optionalPeers(holder: UnknownRecord, where: string, fail: Fail): ReadonlySet<string> {
  const meta = recordAt(holder['peerDependenciesMeta'], `${where}.peerDependenciesMeta`, fail);
  const optional = Object.entries(meta).filter(
    ([name, value]) =>
      ownValue(recordAt(value, `${where}.peerDependenciesMeta.${name}`, fail), 'optional') === true,
  );
  return new Set(optional.map(([name]) => name));
}
