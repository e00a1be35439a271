import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { GuardError } from '../errors.js';
import { fillIntegrity, type PublishedIntegrity } from './fill-integrity.js';
import { installJudged } from './guard-global.js';
import { compareLanded, lockedPackages, removeLanded } from './landed.js';
import { letLoose } from './let-loose.js';
import { npmCommand } from './npm-commands.js';
import type { GuardRequest, Outcome } from './outcome.js';
import { LOCKFILES, type ProjectFiles, readIfThere, readProjectFiles, sameFiles } from './project-files.js';
import type { ProjectLock } from './project-lock.js';
import { putInPlace } from './put-in-place.js';
import { resolveStaged } from './resolve-staged.js';
import { becomeNpm, type Ending } from './spawn-npm.js';
import { type Staged, stageRequest } from './staged.js';

/**
 * A command of npm on a project: npm resolves in a copy, what it resolved is judged, and only then is the lockfile put in
 * place and npm let loose on the project. Until then nothing of the project is written.
 *
 * @throws GuardError PROJECT_CHANGED
 */
export async function guardProject(request: GuardRequest, lock: ProjectLock): Promise<Outcome> {
  const { line } = request;
  const root = line.localPrefix;
  const before = await readProjectFiles(root);
  if (line.effect === 'ci') return await guardLocked(request, root, before, lock);
  const resolved = await resolveStaged(() => stageRequest(request), request);
  if (resolved.kind === 'failed') return resolved.outcome;
  const { staged } = resolved;
  try {
    if (!(await hasLockfile(staged.root))) return { kind: 'not-resolved', root };
    const { status, published } = await request.judge(staged.root);
    if (status !== 0) return { kind: 'refused', status };
    return await handOver(request, staged, before, published, lock);
  } finally {
    await staged.remove();
  }
}

/** Without one only what package.json names would be judged, and nothing of what that brings. */
async function hasLockfile(root: string): Promise<boolean> {
  const found = await Promise.all(LOCKFILES.map((name) => readIfThere(path.join(root, name))));
  return found.some((lockfile) => lockfile !== null);
}

/** `npm ci` installs the lockfile that is there, and leaves it as it is. */
async function guardLocked(
  request: GuardRequest,
  root: string,
  before: ProjectFiles,
  lock: ProjectLock,
): Promise<Outcome> {
  const { status, published } = await request.judge(root);
  if (status !== 0) return { kind: 'refused', status };
  if (!sameFiles(before, await readProjectFiles(root))) throw changed(root);
  const name = LOCKFILES.find((file) => before.get(file)) ?? null;
  const there = name === null ? null : (before.get(name) ?? null);
  if (name === null || there === null)
    return {
      kind: 'ended',
      ending: await becomeNpm({ ...request.run, args: request.argv }, request.ready.installing),
    };
  const { lockfile, missing } = fillIntegrity(there, published);
  if (missing.length > 0) return { kind: 'unpinned', locations: missing };
  if (lockfile !== there) await putInPlace(path.join(root, name), lockfile);
  try {
    const ending = await becomeNpm({ ...request.run, args: request.argv }, request.ready.installing);
    return await compare(root, lock, lockfile, ending);
  } finally {
    if (lockfile !== there) await putInPlace(path.join(root, name), there);
  }
}

async function handOver(
  request: GuardRequest,
  staged: Staged,
  before: ProjectFiles,
  published: PublishedIntegrity,
  lock: ProjectLock,
): Promise<Outcome> {
  const root = request.line.localPrefix;
  if (!sameFiles(before, await readProjectFiles(root))) throw changed(root);
  const name = LOCKFILES.find((file) => before.get(file)) ?? 'package-lock.json';
  const resolved = await readIfThere(path.join(staged.root, name));
  if (resolved === null) return { kind: 'not-resolved', root };
  const { lockfile: judged, missing } = fillIntegrity(resolved, published);
  if (missing.length > 0) return { kind: 'unpinned', locations: missing };
  if (!request.line.savesLockfile) {
    const outcome = await installJudged([judged], request);
    return outcome.kind === 'ended' ? await compare(root, lock, judged, outcome.ending) : outcome;
  }
  await putInPlace(path.join(root, name), judged);
  const installed = await hiddenLockfileTime(root);
  const ending = await letLoose(request, judged);
  if (ending.status !== 0 || ending.signal !== null) {
    const now = await hiddenLockfileTime(root);
    const isKept = mayFailAfterwards(request) && now !== null && now !== installed;
    if (!isKept) await restore(root, name, judged, before);
    return { kind: 'ended', ending };
  }
  const outcome = await compare(root, lock, judged, ending);
  if (outcome.kind === 'differs') await restoreAll(root, before);
  return outcome;
}

/** The tests of `npm it` fail, or `npm audit fix` leaves something: what was installed is meant. */
function mayFailAfterwards({ line }: GuardRequest): boolean {
  return line.effect === 'audit' || npmCommand(line.remain[0] ?? '') === 'install-test';
}

/** npm writes it when everything is in place and every script has run. */
async function hiddenLockfileTime(root: string): Promise<number | null> {
  const status = await stat(path.join(root, 'node_modules', '.package-lock.json')).catch(() => null);
  return status?.mtimeMs ?? null;
}

async function compare(root: string, lock: ProjectLock, judged: Buffer, ending: Ending): Promise<Outcome> {
  if (ending.status !== 0 || ending.signal !== null) return { kind: 'ended', ending };
  // A script of the project may have installed more, under this lock and judged likewise.
  const all = [judged, ...(await lock.judgedInside())].map(lockedPackages);
  const differences = await compareLanded(root, all);
  if (differences.length === 0) {
    await lock.keepJudged(judged);
    return { kind: 'ended', ending };
  }
  await removeLanded(root, differences);
  return { kind: 'differs', differences };
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

function changed(root: string): GuardError {
  return new GuardError(
    'PROJECT_CHANGED',
    `the files of the project in ${root} changed while they were judged`,
    'Run it again when nothing else works on the project.',
  );
}
