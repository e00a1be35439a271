import { rm } from 'node:fs/promises';
import path from 'node:path';
import { type Lock, type Locked, lockEntries } from './lock-entries.js';
import { readIfThere } from './project-files.js';

/** Something on the disk that is not what was judged. */
export type Difference = { readonly location: string; readonly problem: string };

/** The packages of an npm lockfile by location. */
export function lockedPackages(bytes: Buffer | null): ReadonlyMap<string, Locked> {
  return new Map(bytes === null ? [] : lockEntries(JSON.parse(bytes.toString('utf8')) as Lock));
}

/**
 * Compares what npm says it installed (node_modules/.package-lock.json) with the lockfile that was judged: names, versions
 * and integrity. What was judged and is not there (another platform's, `--omit`) is no difference. Of several lockfiles one
 * has to have it.
 */
export async function compareLanded(
  root: string,
  judged: readonly ReadonlyMap<string, Locked>[],
): Promise<readonly Difference[]> {
  const landed = lockedPackages(await readIfThere(path.join(root, 'node_modules', '.package-lock.json')));
  const twins = judged.map(
    (lockfile) => new Map([...lockfile].map(([location, one]) => [idOf(location, one), one])),
  );
  return [...landed].flatMap(([location, one]) => {
    // install-strategy=linked (npm 12): everything lies in a store, and what was judged are links into it.
    if (one.link === true && one.resolved?.startsWith(STORE) === true) return [];
    const isStored = location.startsWith(STORE);
    if (isStored && !location.slice(STORE.length).includes('node_modules/')) return [];
    const problems = judged.map((lockfile, index) =>
      isStored
        ? storedProblem(one, twins[index]?.get(idOf(location, one)))
        : problemOf(one, lockfile.get(location)),
    );
    const [problem = null] = problems.includes(null) ? [] : problems;
    return problem === null ? [] : [{ location, problem }];
  });
}

const STORE = 'node_modules/.store/';

function idOf(location: string, { name, version }: Locked): string {
  const folder = location.slice(location.lastIndexOf('node_modules/') + 'node_modules/'.length);
  return `${name ?? folder}@${version}`;
}

/** The id has name and version; npm does not always say with which integrity it has verified what is in its store. */
function storedProblem({ integrity }: Locked, judged: Locked | undefined): string | null {
  if (judged === undefined) return 'was not judged';
  const differs = integrity !== undefined && judged.integrity !== undefined && integrity !== judged.integrity;
  return differs ? 'has another integrity' : null;
}

function problemOf(landed: Locked, judged: Locked | undefined): string | null {
  if (judged === undefined) return 'was not judged';
  if (landed.link === true && judged.link === true) return null;
  if ((landed.name ?? null) !== (judged.name ?? null)) return `is ${landed.name ?? 'another package'}`;
  // A lockfile of npm 5 or 6 has where a package of a URL comes from in place of its version.
  if (judged.version !== undefined && landed.version !== judged.version)
    return `has version ${landed.version}, judged was ${judged.version}`;
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
