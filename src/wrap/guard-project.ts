import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { GuardError } from '../errors.js';
import { fillIntegrity, type PublishedIntegrity } from './fill-integrity.js';
import { compareLanded, listsLocations, lockedPackages, removeLanded } from './landed.js';
import type { GuardRequest, Outcome } from './outcome.js';
import { type ProjectFiles, readIfThere, readProjectFiles, sameFiles } from './project-files.js';
import { askNpm, becomeNpm, type Ending, type Said } from './spawn-npm.js';
import { handOverArguments, stagedArguments } from './staged-arguments.js';
import { type Staging, stageProject } from './staging.js';

const LOCKFILES = ['npm-shrinkwrap.json', 'package-lock.json'] as const;

/**
 * A command of npm on a project: npm resolves in a copy, what it resolved is judged, and only then is the lockfile put in
 * place and npm let loose on the project. Until then nothing of the project is written.
 *
 * @throws GuardError PROJECT_CHANGED
 */
export async function guardProject(request: GuardRequest): Promise<Outcome> {
  const { line } = request;
  const root = line.localPrefix;
  const before = await readProjectFiles(root);
  if (line.effect === 'ci') return await guardLocked(request, root, before);
  const staging = await stageProject(root);
  try {
    const said = await resolveIn(staging, request);
    if (said.status !== 0 || said.signal !== null) return { kind: 'unresolved', said };
    const { status, published } = await request.judge(staging.root);
    if (status !== 0) return { kind: 'refused', status };
    return await handOver(request, staging, before, published);
  } finally {
    await staging.remove();
  }
}

/** `npm ci` installs the lockfile that is there, and leaves it as it is. */
async function guardLocked(request: GuardRequest, root: string, before: ProjectFiles): Promise<Outcome> {
  const { status, published } = await request.judge(root);
  if (status !== 0) return { kind: 'refused', status };
  if (!sameFiles(before, await readProjectFiles(root))) throw changed(root);
  const name = LOCKFILES.find((file) => before.get(file)) ?? null;
  const there = name === null ? null : (before.get(name) ?? null);
  if (name === null || there === null)
    return { kind: 'ended', ending: await becomeNpm({ ...request.run, args: request.argv }) };
  const { lockfile, missing } = fillIntegrity(there, published);
  if (missing.length > 0) return { kind: 'unpinned', locations: missing };
  if (lockfile !== there) await putInPlace(path.join(root, name), lockfile);
  try {
    return await compare(root, lockfile, await becomeNpm({ ...request.run, args: request.argv }));
  } finally {
    if (lockfile !== there) await putInPlace(path.join(root, name), there);
  }
}

async function resolveIn(staging: Staging, { argv, run, line }: GuardRequest): Promise<Said> {
  const isElsewhere = !run.cwd.startsWith(line.localPrefix);
  const args = stagedArguments(argv, isElsewhere ? staging.root : null);
  return await askNpm({ ...run, args, cwd: isElsewhere ? staging.root : staging.placeOf(run.cwd) });
}

async function handOver(
  request: GuardRequest,
  staging: Staging,
  before: ProjectFiles,
  published: PublishedIntegrity,
): Promise<Outcome> {
  const root = request.line.localPrefix;
  if (!sameFiles(before, await readProjectFiles(root))) throw changed(root);
  const name = LOCKFILES.find((file) => before.get(file)) ?? 'package-lock.json';
  const resolved = await readIfThere(path.join(staging.root, name));
  if (resolved === null) throw notResolved(root);
  const { lockfile: judged, missing } = fillIntegrity(resolved, published);
  if (missing.length > 0) return { kind: 'unpinned', locations: missing };
  await putInPlace(path.join(root, name), judged);
  const ending = await becomeNpm({ ...request.run, args: handOverArguments(request.argv) });
  if (ending.status !== 0 || ending.signal !== null) {
    await restore(root, name, judged, before);
    return { kind: 'ended', ending };
  }
  const outcome = await compare(root, judged, ending);
  if (outcome.kind === 'differs') await restoreAll(root, before);
  return outcome;
}

async function compare(root: string, judged: Buffer, ending: Ending): Promise<Outcome> {
  if (ending.status !== 0 || ending.signal !== null) return { kind: 'ended', ending };
  if (!listsLocations(judged)) return { kind: 'ended', ending };
  const differences = await compareLanded(root, lockedPackages(judged));
  if (differences.length === 0) return { kind: 'ended', ending };
  await removeLanded(root, differences);
  return { kind: 'differs', differences };
}

/** By rename, so that there is the old file or the new one. */
async function putInPlace(file: string, bytes: Buffer): Promise<void> {
  const temporary = `${file}.${process.pid}.phantom-guard`;
  await writeFile(temporary, bytes, { flag: 'wx' });
  await rename(temporary, file);
}

/** Takes our lockfile back where npm failed and left it as it was. */
async function restore(root: string, name: string, judged: Buffer, before: ProjectFiles): Promise<void> {
  const now = await readIfThere(path.join(root, name));
  if (now?.equals(judged) === true) await restoreAll(root, before);
}

async function restoreAll(root: string, before: ProjectFiles): Promise<void> {
  for (const [name, bytes] of before) {
    const file = path.join(root, name);
    if (bytes === null) await rm(file, { force: true });
    else await putInPlace(file, bytes);
  }
}

/** Without a lockfile only what package.json names was judged, and nothing of what that brings. */
function notResolved(root: string): GuardError {
  return new GuardError(
    'LOCKFILE_UNREADABLE',
    `npm wrote no lockfile for the project in ${root}, so nobody knows what it would install`,
    'Run "npm install --package-lock-only --ignore-scripts" and see what npm says.',
  );
}

function changed(root: string): GuardError {
  return new GuardError(
    'PROJECT_CHANGED',
    `the files of the project in ${root} changed while they were judged`,
    'Run it again when nothing else works on the project.',
  );
}
