import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fillIntegrity } from './fill-integrity.js';
import type { GuardRequest, Outcome } from './outcome.js';
import { readIfThere } from './project-files.js';
import { askNpm } from './spawn-npm.js';
import { stagedArguments } from './staged-arguments.js';
import { stageNothing } from './staging.js';

export type ResolvedSpecs =
  | {
      readonly kind: 'resolved';
      /** A project of ours with package.json and package-lock.json; whoever gets it moves or removes it. */
      readonly folder: string;
      readonly lockfile: Buffer;
      /** The keys under which the packages are installed. */
      readonly names: readonly string[];
    }
  | { readonly kind: 'failed'; readonly outcome: Outcome };

type Lock = {
  readonly packages?: Record<string, { dependencies?: Record<string, string> }>;
};

/** Has npm resolve packages that belong to no project, and judges the result. */
export async function resolveSpecs(
  specs: readonly string[],
  { run, judge }: GuardRequest,
): Promise<ResolvedSpecs> {
  const staging = await stageNothing();
  const failed = async (outcome: Outcome): Promise<ResolvedSpecs> => {
    await staging.remove();
    return { kind: 'failed', outcome };
  };
  await writeFile(path.join(staging.root, 'package.json'), `${JSON.stringify({ private: true })}\n`);
  const args = stagedArguments(['install', ...specs], staging.root);
  const said = await askNpm({ ...run, cwd: staging.root, args });
  if (said.status !== 0 || said.signal !== null) return await failed({ kind: 'unresolved', said });
  const lockfile = await readIfThere(path.join(staging.root, 'package-lock.json'));
  if (lockfile === null) return await failed({ kind: 'unresolved', said: { ...said, status: 1 } });
  const { status, published } = await judge(staging.root);
  if (status !== 0) return await failed({ kind: 'refused', status });
  const filled = fillIntegrity(lockfile, published);
  if (filled.missing.length > 0) return await failed({ kind: 'unpinned', locations: filled.missing });
  if (filled.lockfile !== lockfile)
    await writeFile(path.join(staging.root, 'package-lock.json'), filled.lockfile);
  return {
    kind: 'resolved',
    folder: staging.root,
    lockfile: filled.lockfile,
    names: installedNames(lockfile),
  };
}

function installedNames(lockfile: Buffer): readonly string[] {
  const { packages = {} } = JSON.parse(lockfile.toString('utf8')) as Lock;
  return Object.keys(packages['']?.dependencies ?? {});
}
