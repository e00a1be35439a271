import type { ScopeLeader } from '../../model/name-judgement.js';
import { hashText } from '../hash.js';
import type { NameData, NameDataCounts } from '../name-data.js';
import { Contexts } from './contexts.js';
import type { NamesFile } from './format.js';
import { NO_OWNER, StringTable } from './string-table.js';
import { SymbolReader } from './symbols.js';
import { targetMayHave } from './target-filter.js';

const AT = 0x40;
const POPULARITY_BITS = 0x1f;
const PACKAGES_SHIFT = 5;
/** Positions in a bucket of scopes that a scope's two-byte number has room for. */
export const SCOPES_PER_BUCKET = 32;

/** `NameData` that answers straight from the bytes of the data files. */
export class PackedNames implements NameData {
  readonly snapshotDate: string;
  readonly counts: NameDataCounts;
  readonly #contextBytes: Uint8Array;
  #contexts: Contexts | null = null;
  readonly #names: StringTable;
  readonly #scopes: StringTable;
  readonly #pypi: StringTable;
  readonly #targets: Uint8Array;
  readonly #inSnapshot: (name: string) => boolean;

  /** `inSnapshot` answers for the names of the snapshot that aren't established. */
  constructor(file: NamesFile, inSnapshot: (name: string) => boolean) {
    const { sections, figures } = file;
    const symbols = new SymbolReader(sections.symbols, figures.symbolCount);
    this.snapshotDate = file.snapshotDate;
    this.counts = figures;
    this.#names = new StringTable(sections.nameOffsets, sections.names, symbols);
    this.#scopes = new StringTable(sections.scopeOffsets, sections.scopes, symbols);
    this.#pypi = new StringTable(sections.pypiOffsets, sections.pypi, symbols);
    this.#contextBytes = sections.contexts;
    this.#targets = sections.targets;
    this.#inSnapshot = inSnapshot;
  }

  get contexts(): Contexts {
    this.#contexts ??= new Contexts(this.#contextBytes);
    return this.#contexts;
  }

  popularityOf(name: string): number | null {
    const slash = name.charCodeAt(0) === AT ? name.indexOf('/') : -1;
    const tag =
      slash < 0
        ? this.#names.tagOf(name, 0, name.length, hashText(name), NO_OWNER)
        : this.#tagOfScoped(name, slash);
    return tag < 0 ? null : tag & POPULARITY_BITS;
  }

  existedAtSnapshot(name: string): boolean {
    return this.popularityOf(name) !== null || this.#inSnapshot(name);
  }

  isEstablishedScope(scope: string): boolean {
    return this.#scopes.findParent(scope, 1, scope.length, hashText(scope)) !== null;
  }

  scopeLeader(scope: string): ScopeLeader | null {
    const found = this.#scopes.findParent(scope, 1, scope.length, hashText(scope));
    if (found === null) return null;
    const name = scope + this.#scopes.restOf(found);
    return { name, popularity: found.tag & POPULARITY_BITS, packages: found.tag >>> PACKAGES_SHIFT };
  }

  pypiRankOf(name: string): number | null {
    const tag = this.#pypi.tagOf(name, 0, name.length, hashText(name), NO_OWNER);
    return tag < 0 ? null : tag;
  }

  mayBeTarget(hash: number): boolean {
    return targetMayHave(this.#targets, hash);
  }

  #tagOfScoped(name: string, slash: number): number {
    const scopeHash = hashText(name, 0, slash);
    const scope = this.#scopes.findParent(name, 1, slash, scopeHash);
    if (scope === null) return -1;
    const hash = hashText(name, slash, name.length, scopeHash);
    return this.#names.tagOf(
      name,
      slash + 1,
      name.length,
      hash,
      scope.bucket * SCOPES_PER_BUCKET + scope.position,
    );
  }
}
