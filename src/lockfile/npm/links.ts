import { isInstalled, keyOf, type NpmPackages } from './npm-package.js';

export type Links = {
  /** Location of a link to the location that it stands for, where the lockfile has that. */
  readonly targets: ReadonlyMap<string, string>;
  /** The other way round: the key under which a folder is linked. */
  readonly names: ReadonlyMap<string, string>;
};

/** Which `link: true` packages stand for a folder that the same lockfile describes. */
export function findLinks(packages: NpmPackages): Links {
  const targets = new Map<string, string>();
  const names = new Map<string, string>();
  for (const [location, { link, resolved }] of packages) {
    if (!link || resolved === null) continue;
    const target = resolved.replace(/^file:/, '').replace(/^\.\//, '');
    if (target === '' || isInstalled(target) || packages.get(target)?.link !== false) continue;
    targets.set(location, target);
    if (!names.has(target)) names.set(target, keyOf(location));
  }
  return { targets, names };
}
