import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fillIntegrity } from './fill-integrity.js';
import type { GuardRequest, Outcome } from './outcome.js';
import { readIfThere } from './project-files.js';
import { resolveStaged } from './resolve-staged.js';
import { stageSpecs } from './staged.js';

export type ResolvedSpecs =
  | {
      readonly kind: 'resolved';
      /** A project of ours with package.json and package-lock.json; whoever gets it moves or removes it. */
      readonly folder: string;
      readonly lockfile: Buffer;
      /** The keys under which the packages are installed. */
      readonly names: readonly string[];
      readonly remove: () => Promise<void>;
    }
  | { readonly kind: 'failed'; readonly outcome: Outcome };

type Lock = {
  readonly packages?: Record<string, { dependencies?: Record<string, string> }>;
};

/**
 * Has npm resolve packages that belong to no project, and judges the result.
 *
 * @param npmrc the project's `.npmrc`, where npm would read it for this command
 */
export async function resolveSpecs(
  specs: readonly string[],
  npmrc: string | null,
  request: GuardRequest,
): Promise<ResolvedSpecs> {
  const resolved = await resolveStaged(() => stageSpecs(specs, npmrc, request.run.cwd), request);
  if (resolved.kind === 'failed') return resolved;
  const { root, remove } = resolved.staged;
  const failed = async (outcome: Outcome): Promise<ResolvedSpecs> => {
    await remove();
    return { kind: 'failed', outcome };
  };
  const file = path.join(root, 'package-lock.json');
  const lockfile = await readIfThere(file);
  if (lockfile === null) return await failed({ kind: 'not-resolved', root });
  const { status, published } = await request.judge(root);
  if (status !== 0) return await failed({ kind: 'refused', status });
  const filled = fillIntegrity(lockfile, published);
  if (filled.missing.length > 0) return await failed({ kind: 'unpinned', locations: filled.missing });
  if (filled.lockfile !== lockfile) await writeFile(file, filled.lockfile);
  return {
    kind: 'resolved',
    folder: root,
    lockfile: filled.lockfile,
    names: installedNames(lockfile),
    remove,
  };
}

function installedNames(lockfile: Buffer): readonly string[] {
  const { packages = {} } = JSON.parse(lockfile.toString('utf8')) as Lock;
  return Object.keys(packages['']?.dependencies ?? {});
}
