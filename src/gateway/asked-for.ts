/** What a request to a registry asks for. */
export type AskedFor =
  | { readonly kind: 'document'; readonly name: string; readonly version: string | null }
  | Tarball;

export type Tarball = { readonly kind: 'tarball'; readonly name: string; readonly file: string };

/**
 * Reads the path of a request as Verdaccio's routes do: each segment is decoded once, and a scope and its name may be one
 * segment or two. `null` = it asks for no package.
 *
 * @param path without query
 */
export function parseAskedFor(path: string): AskedFor | null {
  const segments = path.split('/').slice(1).map(decode);
  if (segments.at(-1) === '') segments.pop();
  const [first = '', second] = segments;
  if (first === '' || first === '-' || first.startsWith('-/')) return null;
  const isSplit = first.startsWith('@') && !first.includes('/');
  if (isSplit && second === undefined) return null;
  const name = isSplit ? `${first}/${second}` : first;
  const rest = segments.slice(isSplit ? 2 : 1);
  if (rest[0] === '-') return tarball(name, rest.slice(1));
  const [version = null] = rest;
  return rest.length <= 1 ? { kind: 'document', name, version } : null;
}

/** `FILE`, or `@scope/FILE`. Whatever stands behind the `-` and is no other endpoint may be a file. */
function tarball(name: string, rest: readonly string[]): Tarball | null {
  const file = lastPart(rest.at(-1) ?? '');
  return file === '' || rest.length > 2 ? null : { kind: 'tarball', name, file };
}

/** The name of a file at the end of a path that may be percent-encoded. */
export function fileNameOf(path: string): string {
  return lastPart(decode(path));
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
