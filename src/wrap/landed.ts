import { rm } from 'node:fs/promises';
import path from 'node:path';
import { readIfThere } from './project-files.js';

/** A package of a lockfile, by its location. */
type Locked = {
  readonly name?: string;
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
};

/** Something on the disk that is not what was judged. */
export type Difference = { readonly location: string; readonly problem: string };

/** The packages of an npm lockfile by location; the hidden one in node_modules has the same form. */
export function lockedPackages(bytes: Buffer | null): ReadonlyMap<string, Locked> {
  if (bytes === null) return new Map();
  const { packages } = JSON.parse(bytes.toString('utf8')) as { packages?: Record<string, Locked> };
  return new Map(Object.entries(packages ?? {}).filter(([location]) => location.includes('node_modules/')));
}

/** Whether the lockfile says what is where; version 1 of npm 5 and 6 doesn't, in the words of the later ones. */
export function listsLocations(lockfile: Buffer): boolean {
  return Object.hasOwn(JSON.parse(lockfile.toString('utf8')) as object, 'packages');
}

/**
 * Compares what npm says it installed (node_modules/.package-lock.json) with the lockfile that was judged: names, versions
 * and integrity. What was judged and is not there (another platform's, `--omit`) is no difference.
 */
export async function compareLanded(
  root: string,
  judged: ReadonlyMap<string, Locked>,
): Promise<readonly Difference[]> {
  const landed = lockedPackages(await readIfThere(path.join(root, 'node_modules', '.package-lock.json')));
  return [...landed].flatMap(([location, one]) => {
    const problem = problemOf(one, judged.get(location));
    return problem === null ? [] : [{ location, problem }];
  });
}

function problemOf(landed: Locked, judged: Locked | undefined): string | null {
  if (judged === undefined) return 'was not judged';
  if (landed.link === true && judged.link === true) return null;
  if ((landed.name ?? null) !== (judged.name ?? null)) return `is ${landed.name ?? 'another package'}`;
  if (landed.version !== judged.version) return `has version ${landed.version}, judged was ${judged.version}`;
  if (judged.integrity !== undefined && landed.integrity !== judged.integrity) return 'has another integrity';
  return null;
}

/** Takes what was not judged off the disk again. */
export async function removeLanded(root: string, differences: readonly Difference[]): Promise<void> {
  for (const { location } of differences)
    await rm(path.join(root, location), { recursive: true, force: true });
  if (differences.length > 0)
    await rm(path.join(root, 'node_modules', '.package-lock.json'), { force: true });
}
