/**
 * The keys under which packages are in the tree. pnpm keeps one package for all of them, npm one for each; here the
 * package's own name stands for the package, and every alias besides is an entry of its own, so that none is lost.
 */
export class TreeKeys {
  readonly #keys = new Map<string, Set<string>>();

  note(id: string, key: string): void {
    const keys = this.#keys.get(id);
    if (keys === undefined) this.#keys.set(id, new Set([key]));
    else keys.add(key);
  }

  /** The key that the entry `id` stands for. */
  mainKey(id: string, name: string): string {
    const keys = this.#keys.get(id);
    if (keys === undefined || keys.has(name)) return name;
    const [first = name] = keys;
    return first;
  }

  otherKeys(id: string, name: string): readonly string[] {
    const main = this.mainKey(id, name);
    return [...(this.#keys.get(id) ?? [])].filter((key) => key !== main);
  }

  /** The id of the entry for `key`. */
  entryId(id: string, name: string, key: string): string {
    return key === this.mainKey(id, name) ? id : `${key}@npm:${id}`;
  }
}
