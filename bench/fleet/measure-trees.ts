import { readdirSync } from 'node:fs';
import path from 'node:path';
import { readTree } from '../../src/lockfile/read-tree.js';
import { loadNameData } from '../../src/names/load-name-data.js';

/** The names of one real tree. */
export type MeasuredTree = {
  readonly title: string;
  readonly names: number;
  /** Those that the bundled data doesn't know, which somebody has to be asked about. */
  readonly open: readonly string[];
};

/** Reads every lockfile of the evaluation data. @param folder absolute */
export async function measureTrees(folder: string): Promise<readonly MeasuredTree[]> {
  const data = loadNameData();
  const trees: MeasuredTree[] = [];
  for (const title of readdirSync(folder).toSorted()) {
    const tree = await readTree(path.join(folder, title));
    const names = new Set(tree.entries.flatMap(({ registryName }) => registryName ?? []));
    trees.push({
      title,
      names: names.size,
      open: [...names].filter((name) => data.popularityOf(name) === null),
    });
  }
  return trees;
}
