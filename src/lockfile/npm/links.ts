import type { NpmPackage, NpmPackages } from './npm-package.js';

export type Links = {
  /** Location of a link to the folder that it stands for, where the lockfile has that. */
  readonly targets: ReadonlyMap<string, NpmPackage>;
  /** The other way round: location of a folder to the key under which it is linked. */
  readonly names: ReadonlyMap<string, string>;
};

/** Which `link: true` packages stand for a folder that the same lockfile describes. */
export function findLinks(packages: NpmPackages): Links {
  const targets = new Map<string, NpmPackage>();
  const names = new Map<string, string>();
  for (const { location, key, link, resolved } of packages.values()) {
    if (!link || resolved === null) continue;
    const target = packages.get(resolved.replace(/^file:/, '').replace(/^\.\//, ''));
    if (target === undefined || target.location === '' || target.parent !== null || target.link) continue;
    targets.set(location, target);
    if (!names.has(target.location)) names.set(target.location, key);
  }
  return { targets, names };
}
