/** What the dependency path of a pnpm lockfile says: `a@1.0.0(b@2.0.0)`, `/a@1.0.0`, `/a/1.0.0_b@2.0.0`. */
export type PackageId = {
  readonly name: string;
  /** A version, or for other sources a URL, `file:` path or similar. */
  readonly reference: string;
};

/** A path with nothing but peers behind its first bracket, up to three deep: the usual case, at the speed of V8's matcher. */
const USUAL_PEERS = /^[^()]+(?:\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))+$/;

/** `path` without the peers in `(…)` at its end (6.0 and 9.0). */
export function removePeerSuffix(path: string): string {
  let end = path.length;
  if (path[end - 1] === ')' && USUAL_PEERS.test(path)) return path.slice(0, path.indexOf('('));
  while (path[end - 1] === ')') {
    const open = openingOf(path, end - 1);
    if (open <= 0) break;
    end = open;
  }
  return path.slice(0, end);
}

function openingOf(path: string, closing: number): number {
  let depth = 0;
  for (let at = closing; at >= 0; at--) {
    if (path[at] === ')') depth++;
    else if (path[at] === '(') depth--;
    if (depth === 0) return at;
  }
  return -1;
}

/** What pnpm takes for the version of a registry's package, whatever stands before it. */
const VERSION = /^\d+\.\d+\.\d+(?:[-+][\w.+-]*)?$/;

/** Reads a dependency path of 6.0 or 9.0; `null` where it names no package (`file:…` of 6.0). */
export function parsePackageId(path: string): PackageId | null {
  const id = removePeerSuffix(path.startsWith('/') ? path.slice(1) : path);
  const at = id.indexOf('@', 1);
  const colon = id.indexOf(':');
  if (at < 0) return null;
  if (colon >= 0 && colon < at && (id.startsWith('file:') || !VERSION.test(id.slice(at + 1)))) return null;
  return { name: id.slice(0, at), reference: id.slice(at + 1) };
}

/** Reads a dependency path of 5.x, `/name/version_peers`, with a registry's host before it where that is not the default. */
export function parseLegacyPackageId(path: string): PackageId | null {
  const match = /^[^/:]*\/((?:@[^/]+\/)?[^/@]+)\/([^/_]+)(?:_.*)?$/.exec(path);
  if (match === null) return null;
  const [, name = '', reference = ''] = match;
  return { name, reference };
}
