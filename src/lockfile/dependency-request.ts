import { type Fail, fieldAt, stringAt, type UnknownRecord } from './shape.js';

export type RequestKind = 'prod' | 'dev' | 'optional' | 'peer' | 'optional-peer';

/** One line of a manifest's dependency lists: the key in the tree, what it asks for, and from which list. */
export type DependencyRequest = { readonly key: string; readonly spec: string; readonly kind: RequestKind };

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
  const add = (names: unknown, list: string, kindOf: (key: string) => RequestKind): void => {
    if (names === undefined || isEmptyList(names)) return;
    const specs = fieldAt(names, list, where, fail);
    for (const key of Object.keys(specs)) {
      requests.push({ key, spec: stringAt(specs[key], key, where, fail) ?? '*', kind: kindOf(key) });
    }
  };
  add(holder['dependencies'], 'dependencies', () => 'prod');
  add(holder['optionalDependencies'], 'optionalDependencies', () => 'optional');
  if (withDev) add(holder['devDependencies'], 'devDependencies', () => 'dev');
  const isOptional = optionalPeers(holder, where, fail);
  add(holder['peerDependencies'], 'peerDependencies', (key) =>
    isOptional.has(key) ? 'optional-peer' : 'peer',
  );
  return requests;
}

/** npm reads `"dependencies": []` as no dependencies. */
function isEmptyList(names: unknown): boolean {
  return Array.isArray(names) && names.length === 0;
}

const NONE: ReadonlySet<string> = new Set();

function optionalPeers(holder: UnknownRecord, where: string, fail: Fail): ReadonlySet<string> {
  if (holder['peerDependenciesMeta'] === undefined) return NONE;
  const meta = fieldAt(holder['peerDependenciesMeta'], 'peerDependenciesMeta', where, fail);
  return new Set(
    Object.keys(meta).filter((name) => fieldAt(meta[name], name, where, fail)['optional'] === true),
  );
}
