import path from 'node:path';
import { readTree } from '../../src/lockfile/read-tree.js';
import type { PackageDefinition, PackageVersion } from '../../test/support/tarball-packages.js';

/** Packages of a real tree, with its names, versions and edges, and bytes of ours. */
export type Tree = {
  readonly packages: readonly PackageDefinition[];
  /** What the project itself asks for. */
  readonly dependencies: Readonly<Record<string, string>>;
};

/** A package that is too young counts as fresh, one of this age does not. */
const AGE_DAYS = 1_500;

/** @param file a real lockfile, absolute */
export async function readMedium(file: string): Promise<Tree> {
  const tree = await readTree(file);
  const byId = new Map(tree.entries.map((entry) => [entry.id, entry]));
  const versions = new Map<string, Map<string, PackageVersion>>();
  for (const entry of tree.entries) {
    const { name, registryName, version } = entry;
    if (registryName === null || version === null || name !== registryName) continue;
    const wanted = (tree.edges.get(entry.id) ?? []).flatMap((id) => {
      const child = byId.get(id);
      return child?.registryName === child?.name && child?.version != null && child.presence === 'installed'
        ? [[child.name, child.version] as const]
        : [];
    });
    const known = versions.get(name) ?? new Map<string, PackageVersion>();
    known.set(version, {
      manifest: { dependencies: Object.fromEntries(wanted) },
      files: { 'index.js': `// ${name}\n` },
    });
    versions.set(name, known);
  }
  const direct = tree.entries.filter(
    (entry) => entry.direct && entry.version !== null && entry.registryName === entry.name,
  );
  return {
    packages: [...versions].map(([name, all]) => ({
      name,
      ageDays: AGE_DAYS,
      versions: Object.fromEntries(all),
    })),
    dependencies: Object.fromEntries(direct.map(({ name, version }) => [name, version ?? '*'])),
  };
}

/** The medium project of the evaluation data. */
export function mediumFile(folder: string): string {
  return path.join(folder, 'lockfiles/medium/package-lock.json');
}
