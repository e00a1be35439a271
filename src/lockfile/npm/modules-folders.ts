import type { NpmPackage, NpmPackages } from './npm-package.js';

/** What one node_modules folder holds, by key. */
export type ModulesFolder = ReadonlyMap<string, NpmPackage>;

/** The node_modules folders of a tree. */
export class ModulesFolders {
  readonly #folders = new Map<string, Map<string, NpmPackage>>();
  readonly #above = new Map<string, readonly ModulesFolder[]>();

  constructor(packages: NpmPackages) {
    for (const one of packages.values()) {
      if (one.parent === null) continue;
      const folder = this.#folders.get(one.parent);
      if (folder === undefined) this.#folders.set(one.parent, new Map([[one.key, one]]));
      else folder.set(one.key, one);
    }
  }

  /** The folders in which node looks for what a package requires, nearest first. */
  above({ location, parent }: Pick<NpmPackage, 'location' | 'parent'>): readonly ModulesFolder[] {
    const own = this.#folders.get(location);
    if (parent === null) return this.#climb(location);
    return own === undefined ? this.#climb(parent) : [own, ...this.#climb(parent)];
  }

  #climb(location: string): readonly ModulesFolder[] {
    const known = this.#above.get(location);
    if (known !== undefined) return known;
    const above: ModulesFolder[] = [];
    for (let parent = location; ; parent = parent.slice(0, Math.max(0, parent.lastIndexOf('/')))) {
      const folder = this.#folders.get(parent);
      if (folder !== undefined) above.push(folder);
      if (parent === '') break;
    }
    this.#above.set(location, above);
    return above;
  }
}

/** What node finds for `key`: in the nearest folder that has it; `null` = nowhere. */
export function findKey(key: string, above: readonly ModulesFolder[]): NpmPackage | null {
  for (const folder of above) {
    const found = folder.get(key);
    if (found !== undefined) return found;
  }
  return null;
}
