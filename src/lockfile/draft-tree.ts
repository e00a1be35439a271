import type { Importer, TreeEntry, TreeFormat, Unchecked } from '../model/resolved-tree.js';
import type { DependencyRequest } from './dependency-request.js';

/** A dependency line that the lockfile does not resolve, with the importer or entry that holds it. */
export type OpenRequest = DependencyRequest & {
  readonly from: string;
  /** An importer holds it. */
  readonly direct: boolean;
  /** Only development needs its holder. */
  readonly dev: boolean;
};

/** A tree as the lockfile states it, before the names which it leaves open are added. */
export type DraftTree = {
  readonly format: TreeFormat;
  readonly path: string | null;
  readonly lockfileVersion: string | null;
  readonly importers: readonly Importer[];
  readonly entries: readonly TreeEntry[];
  readonly edges: ReadonlyMap<string, readonly string[]>;
  readonly open: readonly OpenRequest[];
  readonly unchecked: readonly Unchecked[];
};
