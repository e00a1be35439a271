import { createHash } from 'node:crypto';
import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { exists } from './exists.js';
import { withoutGuardingClones } from './guarded-clones.js';
import { initializerSpec } from './initializer.js';
import { isInstalled } from './installed-program.js';
import { compareLanded, lockedPackages, removeLanded } from './landed.js';
import type { GuardRequest, Outcome } from './outcome.js';
import { programOf } from './program-of.js';
import { readIfThere } from './project-files.js';
import { waitForProject } from './project-lock.js';
import { type ResolvedSpecs, resolveSpecs } from './resolve-specs.js';
import { askNpm, becomeNpm, becomeProgram } from './spawn-npm.js';

/**
 * `npm exec`, `npx`, `npm init NAME`: the packages are resolved in an empty project of ours, judged, installed from just
 * that lockfile into a folder of the cache, and the program is run from there. A program that the project has installed
 * runs as it is.
 */
export async function guardExec(request: GuardRequest): Promise<Outcome> {
  const { line, run } = request;
  const [first] = line.operands;
  const program = first === undefined || line.effect === 'exec' ? first : initializerSpec(first);
  const specs = line.packages.length > 0 ? line.packages : program === undefined ? [] : [program];
  if (specs.length === 0 || (await isInstalled(request, program))) {
    // What runs now may run for hours.
    request.ready.dismiss();
    return { kind: 'ended', ending: await becomeNpm({ ...run, args: request.argv }) };
  }
  const npmrc = path.join(line.localPrefix, '.npmrc');
  const resolved = await resolveSpecs(specs, npmrc, request);
  if (resolved.kind === 'failed') return resolved.outcome;
  if (specs.some(isLocal)) return await runOnce(resolved, npmrc, request);
  const folder = folderFor(resolved, request);
  // Several of the same at once are common (`concurrently`, git hooks): one installs, the others wait for it.
  const lock = await waitForProject(request.cacheDir, folder);
  const failed = await settle(resolved, folder)
    .then(() => installIn(folder, resolved.lockfile, npmrc, request))
    .finally(lock.release);
  return failed ?? (await runFrom(folder, resolved.names, request));
}

/** A folder or tarball of the disk may be another one next time, and its lockfile leads there by a relative path. */
function isLocal(spec: string): boolean {
  return /^(?:[./~]|file:)/.test(spec);
}

async function runOnce(resolved: SettledSpecs, npmrc: string, request: GuardRequest): Promise<Outcome> {
  try {
    const failed = await installIn(resolved.folder, resolved.lockfile, npmrc, request);
    return failed ?? (await runFrom(resolved.folder, resolved.names, request));
  } finally {
    await resolved.remove();
  }
}

/** Runs the program with the folder's programs before those of the user, as npm does. */
async function runFrom(
  folder: string,
  names: readonly string[],
  { line, run }: GuardRequest,
): Promise<Outcome> {
  const bin = path.join(folder, 'node_modules', '.bin');
  const env = {
    ...withoutGuardingClones(run.env),
    PATH: [bin, run.env['PATH']].join(path.delimiter),
    npm_command: 'exec',
    npm_lifecycle_event: 'npx',
  };
  const [first = '', ...args] = line.operands;
  if (line.call !== null)
    return {
      kind: 'ended',
      ending: await becomeProgram({ ...run, env, program: 'sh', args: ['-c', line.call] }),
    };
  const program = line.packages.length > 0 ? first : await programOf(folder, names[0] ?? '');
  if (program === null) return { kind: 'no-program', name: names[0] ?? first };
  const there = path.join(bin, program);
  const isOurs = await exists(there);
  return {
    kind: 'ended',
    ending: await becomeProgram({ ...run, env, program: isOurs ? there : program, args }),
  };
}

type SettledSpecs = Extract<ResolvedSpecs, { kind: 'resolved' }>;

/** Where the same lockfile is found again. */
function folderFor({ lockfile }: SettledSpecs, { cacheDir }: GuardRequest): string {
  const key = createHash('sha256').update(lockfile).digest('hex').slice(0, 32);
  return path.join(cacheDir, 'exec', key);
}

/** Moves the resolved project there. */
async function settle({ folder: from, remove }: SettledSpecs, folder: string): Promise<void> {
  await mkdir(path.dirname(folder), { recursive: true, mode: 0o700 });
  if (!(await exists(path.join(folder, 'package-lock.json')))) {
    // The cache may be on another disk than the temporary folder.
    const arriving = `${folder}.${process.pid}`;
    await rm(arriving, { recursive: true, force: true });
    await cp(from, arriving, { recursive: true, filter: (file) => path.basename(file) !== '.npmrc' });
    await rename(arriving, folder);
  }
  await remove();
}

/** Installs the judged lockfile; `null` when what is there is what was judged. */
async function installIn(
  folder: string,
  lockfile: Buffer,
  npmrc: string,
  { run }: GuardRequest,
): Promise<Outcome | null> {
  const judged = lockedPackages(lockfile);
  if (await exists(path.join(folder, 'node_modules', '.package-lock.json'))) {
    if ((await compareLanded(folder, [judged])).length === 0) return null;
    await rm(path.join(folder, 'node_modules'), { recursive: true, force: true });
  }
  const args = [
    'ci',
    `--prefix=${folder}`,
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const settings = await readIfThere(npmrc);
  const copy = path.join(folder, '.npmrc');
  if (settings !== null) await writeFile(copy, settings, { mode: 0o600 });
  const said = await askNpm({ ...run, cwd: folder, args }).finally(() => rm(copy, { force: true }));
  if (said.status !== 0 || said.signal !== null) return { kind: 'unresolved', said };
  const differences = await compareLanded(folder, [judged]);
  if (differences.length === 0) return null;
  await removeLanded(folder, differences);
  return { kind: 'differs', differences };
}
