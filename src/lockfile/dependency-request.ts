import { type Fail, fieldAt, stringAt, type UnknownRecord } from './shape.js';

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

/**
 * The dependency lists of a package or a manifest.
 *
 * @param where what `holder` is, for errors
 * @param withDev whether devDependencies count
 */
export function parseRequests(
  holder: UnknownRecord,
  where: string,
  fail: Fail,
  withDev: boolean,
): readonly DependencyRequest[] {
  const requests: DependencyRequest[] = [];
  for (const [list, kind] of LISTS) {
    if (holder[list] === undefined || isEmptyList(holder[list]) || (kind === 'dev' && !withDev)) continue;
    const names = fieldAt(holder, list, where, fail);
    const optional = kind === 'peer' ? optionalPeers(holder, where, fail) : null;
    for (const key of Object.keys(names)) {
      const spec = stringAt(names, key, where, fail) ?? '*';
      requests.push({ key, spec, kind: optional?.has(key) ? 'optional-peer' : kind });
    }
  }
  return requests;
}

/** npm reads `"dependencies": []` as no dependencies. */
function isEmptyList(names: unknown): boolean {
  return Array.isArray(names) && names.length === 0;
}

function optionalPeers(holder: UnknownRecord, where: string, fail: Fail): ReadonlySet<string> {
  const meta = fieldAt(holder, 'peerDependenciesMeta', where, fail);
  return new Set(Object.keys(meta).filter((name) => fieldAt(meta, name, where, fail)['optional'] === true));
}
