import { type Dirent, readdirSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { GuardError } from '../errors.js';
import type { Unchecked } from '../model/resolved-tree.js';
import type { Limits } from './limits.js';
import { type FolderPackage, readPackageFolder } from './package-folder.js';

export type ScannedFolders = {
  readonly packages: ReadonlyMap<string, FolderPackage>;
  readonly unchecked: readonly Unchecked[];
};

/** Where npm keeps the packages of `install-strategy=linked`: node_modules/.store/KEY/node_modules/NAME. */
const STORE = '.store';

/**
 * Finds every package below `root`/node_modules: scopes, nested folders, the store of linked installs, and the
 * project's own folders that are linked in. A link that leads out of `root` is an entry, and is not followed.
 *
 * Folders whose name starts with a dot are npm's own (.bin, .cache, what it moved aside): no package can have such a name.
 *
 * @throws GuardError INPUT_TOO_LARGE, INPUT_UNREADABLE
 */
export function scanFolders(root: string, limits: Limits): ScannedFolders {
  const scanner = new Scanner(root, limits);
  scanner.modules('', 1);
  return scanner;
}

class Scanner implements ScannedFolders {
  readonly packages = new Map<string, FolderPackage>();
  readonly unchecked: Unchecked[] = [];
  readonly #root: string;
  readonly #limits: Limits;
  #realRoot: string | null = null;

  constructor(root: string, limits: Limits) {
    this.#root = root;
    this.#limits = limits;
  }

  /** Reads the folder node_modules of the package at `parent`. */
  modules(parent: string, depth: number): void {
    const folder = parent === '' ? 'node_modules' : `${parent}/node_modules`;
    const found = this.#list(folder);
    if (found.length > 0 && depth > this.#limits.depth) throw tooLarge(`node_modules ${depth} deep`, folder);
    for (const one of found) {
      if (one.name === STORE && one.isDirectory()) this.#store(folder, depth);
      else if (one.name.startsWith('@')) this.#scope(`${folder}/${one.name}`, one, depth);
      else this.#entry(`${folder}/${one.name}`, one, depth);
    }
  }

  #store(folder: string, depth: number): void {
    for (const one of this.#list(`${folder}/${STORE}`)) {
      if (one.isDirectory()) this.modules(`${folder}/${STORE}/${one.name}`, depth + 1);
    }
  }

  #scope(folder: string, scope: Dirent, depth: number): void {
    if (scope.isSymbolicLink())
      this.unchecked.push({ id: folder, reason: 'a scope that is a link is not followed' });
    else for (const one of this.#list(folder)) this.#entry(`${folder}/${one.name}`, one, depth);
  }

  #entry(location: string, one: Dirent, depth: number): void {
    if (one.name.startsWith('.')) return;
    if (one.isSymbolicLink()) this.#link(location, depth);
    else if (one.isDirectory()) this.#folder(location, depth);
  }

  #folder(location: string, depth: number): void {
    const read = readPackageFolder(this.#root, location, this.#limits.manifestBytes);
    if (read.problem !== null) this.unchecked.push({ id: location, reason: read.problem });
    if (read.problem === null || this.#hasFiles(location)) this.#add(read);
    this.modules(location, depth + 1);
  }

  #link(location: string, depth: number): void {
    const target = this.#targetOf(location);
    const isInside = target !== null && target !== '' && !target.startsWith('../');
    if (isInside && target.includes(`node_modules/${STORE}/`)) return;
    const shown = readPackageFolder(this.#root, location, this.#limits.manifestBytes);
    this.#add({ ...shown, link: true, resolved: target ?? 'file:?', requests: [], bundles: new Set() });
    if (!isInside || this.packages.has(target) || /(?:^|\/)node_modules(?:\/|$)/.test(target)) return;
    this.#folder(target, depth);
  }

  /** The folder that a link stands for, relative to the root; `null` when there is none. */
  #targetOf(location: string): string | null {
    this.#realRoot ??= realpathSync(this.#root);
    try {
      return relative(this.#realRoot, realpathSync(join(this.#root, location)))
        .split(sep)
        .join('/');
    } catch {
      return null;
    }
  }

  #add(one: FolderPackage): void {
    if (this.packages.size >= this.#limits.packages)
      throw tooLarge(`more than ${this.#limits.packages} packages`, 'node_modules');
    this.packages.set(one.location, one);
  }

  #hasFiles(location: string): boolean {
    return this.#list(location).some((one) => !one.isDirectory());
  }

  #list(folder: string): readonly Dirent[] {
    try {
      return readdirSync(join(this.#root, folder), { withFileTypes: true });
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null;
      if (code === 'ENOENT' || code === 'ENOTDIR') return [];
      const message = `${join(this.#root, folder)} cannot be read: ${code ?? String(error)}`;
      throw new GuardError('INPUT_UNREADABLE', message, 'Remove node_modules and install again.', error);
    }
  }
}

function tooLarge(what: string, folder: string): GuardError {
  const hint = 'Remove node_modules and install again; no real tree comes near this limit.';
  return new GuardError('INPUT_TOO_LARGE', `${folder}: ${what}`, hint);
}
