// Reads a lockfile of npm or pnpm, in any of their versions, without judging it.
import { readTree } from 'phantom-guard-install';

/** Packages of the tree that no registry serves, with the place that they come from. */
export async function gitDependencies(directory: string): Promise<readonly string[]> {
  const { entries } = await readTree(directory);
  return entries
    .filter(({ source }) => source === 'git')
    .map(({ name, resolved }) => `${name} from ${resolved ?? 'somewhere'}`);
}
