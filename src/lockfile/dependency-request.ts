import { type Fail, fieldAt, stringAt, type UnknownRecord } from './shape.js';

export type RequestKind = 'prod' | 'dev' | 'optional' | 'peer' | 'optional-peer';

/** One line of a manifest's dependency lists: the key in the tree, what it asks for, and from which list. */
export type DependencyRequest = { readonly key: string; readonly spec: string; readonly kind: RequestKind };

const LISTS: readonly (readonly [list: string, kind: RequestKind])[] = [
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
    for (const key of Object.keys(names)) {
      requests.push({ key, spec: stringAt(names, key, where, fail) ?? '*', kind });
    }
  }
  return holder['peerDependenciesMeta'] === undefined
    ? requests
    : markOptional(requests, holder, where, fail);
}

/** npm reads `"dependencies": []` as no dependencies. */
function isEmptyList(names: unknown): boolean {
  return Array.isArray(names) && names.length === 0;
}

/** Peers that peerDependenciesMeta calls optional; one that is in no list is a peer of any version, as pnpm has it. */
function markOptional(
  requests: readonly DependencyRequest[],
  holder: UnknownRecord,
  where: string,
  fail: Fail,
): readonly DependencyRequest[] {
  const meta = fieldAt(holder, 'peerDependenciesMeta', where, fail);
  const optional = new Set(
    Object.keys(meta).filter((name) => fieldAt(meta, name, where, fail)['optional'] === true),
  );
  const marked = requests.map((request): DependencyRequest => {
    const isOptional = request.kind === 'peer' && optional.delete(request.key);
    return isOptional ? { ...request, kind: 'optional-peer' } : request;
  });
  for (const { key } of requests) optional.delete(key);
  return [
    ...marked,
    ...[...optional].map((key): DependencyRequest => ({ key, spec: '*', kind: 'optional-peer' })),
  ];
}
