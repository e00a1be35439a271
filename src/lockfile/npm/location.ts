/** Where a package of an npm lockfile is: `node_modules/b/node_modules/@s/a`, `packages/app`, or `` for the root. */
export type Place = {
  readonly location: string;
  /** The key in the tree: `@s/a`; of a folder of the project, its path. */
  readonly key: string;
  /** What has the node_modules folder that holds it: `node_modules/b`; `null` for a folder of the project. */
  readonly parent: string | null;
};

const MODULES = 'node_modules/';

/** Longer than a path may be on any platform that npm runs on (PATH_MAX on Linux). */
export const MAX_LOCATION_LENGTH = 4096;

export function parsePlace(location: string): Place {
  // npm writes none, and on Windows it would find the folder.
  const path = location.includes('\\') ? location.replaceAll('\\', '/') : location;
  const at = path.lastIndexOf(MODULES);
  if (at < 0 || (at > 0 && path[at - 1] !== '/')) return { location, key: location, parent: null };
  return {
    location,
    key: location.slice(at + MODULES.length),
    parent: path.slice(0, Math.max(0, at - 1)),
  };
}
