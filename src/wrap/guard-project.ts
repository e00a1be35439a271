import { chmod, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { GuardError } from '../errors.js';
import { fillIntegrity, type PublishedIntegrity } from './fill-integrity.js';
import { installJudged } from './guard-global.js';
import { registryOptions, serveJudged } from './judged-registry.js';
import { compareLanded, lockedPackages, removeLanded } from './landed.js';
import { npmCommand } from './npm-commands.js';
import type { GuardRequest, Outcome } from './outcome.js';
import { LOCKFILES, type ProjectFiles, readIfThere, readProjectFiles, sameFiles } from './project-files.js';
import { resolveStaged } from './resolve-staged.js';
import { becomeNpm, type Ending } from './spawn-npm.js';
import { type Staged, stageRequest } from './staged.js';
import { handOverArguments } from './staged-arguments.js';

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
  const resolved = await resolveStaged(() => stageRequest(request), request);
  if (resolved.kind === 'failed') return resolved.outcome;
  const { staged } = resolved;
  try {
    const { status, published } = await request.judge(staged.root);
    if (status !== 0) return { kind: 'refused', status };
    return await handOver(request, staged, before, published);
  } finally {
    await staged.remove();
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

async function handOver(
  request: GuardRequest,
  staged: Staged,
  before: ProjectFiles,
  published: PublishedIntegrity,
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
    return outcome.kind === 'ended' ? await compare(root, judged, outcome.ending) : outcome;
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
  const outcome = await compare(root, judged, ending);
  if (outcome.kind === 'differs') await restoreAll(root, before);
  return outcome;
}

/**
 * npm on the project. An extension (`.npm-extension.mjs` of npm 12) does not run where npm only resolves, and may ask for
 * other packages now: where there is one, npm gets a registry that knows nothing but what was judged.
 */
async function letLoose(request: GuardRequest, judged: Buffer): Promise<Ending> {
  const { run, argv, documents, line } = request;
  if (!(await hasExtension(line.localPrefix, argv)))
    return await becomeNpm({ ...run, args: handOverArguments(argv) });
  const registry = await serveJudged([judged], documents);
  try {
    const options = await registryOptions(registry, documents);
    return await becomeNpm({ ...run, args: handOverArguments(argv, [...options, '--allow-remote=all']) });
  } finally {
    await registry.close();
  }
}

async function hasExtension(root: string, argv: readonly string[]): Promise<boolean> {
  if (argv.some((word) => /^-+extension-f/.test(word))) return true;
  const npmrc = await readIfThere(path.join(root, '.npmrc'));
  if (npmrc?.toString('latin1').includes('extension') === true) return true;
  const found = await Promise.all(EXTENSIONS.map((name) => readIfThere(path.join(root, name))));
  return found.some((bytes) => bytes !== null);
}

const EXTENSIONS = ['.npm-extension.mjs', '.npm-extension.cjs'];

/** The tests of `npm it` fail, or `npm audit fix` leaves something: what was installed is meant. */
function mayFailAfterwards({ line }: GuardRequest): boolean {
  return line.effect === 'audit' || npmCommand(line.remain[0] ?? '') === 'install-test';
}

/** npm writes it when everything is in place and every script has run. */
async function hiddenLockfileTime(root: string): Promise<number | null> {
  const status = await stat(path.join(root, 'node_modules', '.package-lock.json')).catch(() => null);
  return status?.mtimeMs ?? null;
}

async function compare(root: string, judged: Buffer, ending: Ending): Promise<Outcome> {
  if (ending.status !== 0 || ending.signal !== null) return { kind: 'ended', ending };
  const differences = await compareLanded(root, lockedPackages(judged));
  if (differences.length === 0) return { kind: 'ended', ending };
  await removeLanded(root, differences);
  return { kind: 'differs', differences };
}

/** By rename, so that there is the old file or the new one. */
async function putInPlace(file: string, bytes: Buffer): Promise<void> {
  const temporary = `${file}.${process.pid}.phantom-guard`;
  const there = await stat(file).catch(() => null);
  await writeFile(temporary, bytes, { flag: 'wx', mode: 0o644 });
  // What a new file is made with is subject to the umask.
  if (there !== null) await chmod(temporary, there.mode & 0o777);
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

function changed(root: string): GuardError {
  return new GuardError(
    'PROJECT_CHANGED',
    `the files of the project in ${root} changed while they were judged`,
    'Run it again when nothing else works on the project.',
  );
}
