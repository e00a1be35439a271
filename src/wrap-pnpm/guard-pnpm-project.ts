import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { GuardError } from '../errors.js';
import type { Outcome } from '../wrap/outcome.js';
import { putInPlace } from '../wrap/put-in-place.js';
import { askNpm, becomeNpm, type Ending, type NpmRun } from '../wrap/spawn-npm.js';
import { frozenArguments, stagedArguments } from './pnpm-arguments.js';
import type { PnpmLine } from './pnpm-line.js';
import type { PnpmRequest } from './pnpm-request.js';
import { pnpmFiles, stagePnpm } from './stage-pnpm.js';

type Files = ReadonlyMap<string, Buffer>;

const LOCKFILE = 'pnpm-lock.yaml';

/**
 * A command of pnpm on a project: pnpm resolves in a copy, what it resolved is judged, and only then are lockfile and
 * manifests put in place and installed from, frozen. Until then nothing of the project is written.
 *
 * @throws GuardError PROJECT_CHANGED, NOT_YET
 */
export async function guardPnpmProject(
  request: PnpmRequest,
  install: (run: NpmRun) => Promise<Ending> = becomeNpm,
): Promise<Outcome> {
  const { line, root, run } = request;
  const before = await pnpmFiles(root);
  const branch = [...before.keys()].find((file) => /^pnpm-lock\..+\.yaml$/.test(path.basename(file)));
  if (branch !== undefined)
    throw new GuardError(
      'NOT_YET',
      `${branch}: lockfiles of branches are not served by this version`,
      'docs/enforcement-pnpm.md',
    );
  if (installsAsItIs(request, before)) return await installAsItIs(request, before, install);
  const staged = await stagePnpm(root);
  try {
    const resolving = { ...run, cwd: staged.placeOf(run.cwd), args: resolvingArguments(line) };
    const speaks = line.isInteractive || line.isCheck || line.effect === 'import';
    const said = speaks ? { ...(await becomeNpm(resolving)), ...SHOWN } : await askNpm(resolving);
    if (line.isCheck) return { kind: 'ended', ending: said };
    if (said.status !== 0 || said.signal !== null)
      return { kind: 'unresolved', said: { ...said, stderr: `${said.stdout}${said.stderr}` } };
    const after = await pnpmFiles(staged.root);
    const folders = lockfileFolders(after);
    if (folders.length === 0 && asksForSomething(after)) return { kind: 'not-resolved', root };
    const refused = await judgeAll(request, staged.root, folders);
    if (refused !== null) return refused;
    await requireSame(root, before);
    for (const [file, bytes] of after) await put(path.join(root, file), bytes, before.get(file));
    if (line.effect === 'import') return { kind: 'ended', ending: { status: 0, signal: null } };
  } finally {
    await staged.remove();
  }
  const args = line.isLockfileOnly ? [...frozenArguments(line), '--lockfile-only'] : frozenArguments(line);
  return { kind: 'ended', ending: await install({ ...run, args }) };
}

/** What it said is on the terminal already. */
const SHOWN = { stdout: '', stderr: '' };

/** `import` resolves and does nothing else, and knows no option for that. */
function resolvingArguments(line: PnpmLine): readonly string[] {
  return line.effect === 'import' || line.isCheck ? withoutDir(line) : stagedArguments(line);
}

/** pnpm itself refuses a lockfile there that does not fit the manifests. */
function installsAsItIs({ line, run }: PnpmRequest, before: Files): boolean {
  if (line.effect === 'locked') return true;
  if (line.effect !== 'install' || line.operands.length > 0 || line.isLockfileOnly) return false;
  return line.isFrozen ?? (isAutomated(run.env) && before.has(LOCKFILE));
}

function isAutomated(env: PnpmRequest['run']['env']): boolean {
  return ['CI', 'CONTINUOUS_INTEGRATION', 'GITHUB_ACTIONS', 'BUILD_NUMBER'].some(
    (name) => !['', 'false', undefined].includes(env[name]),
  );
}

async function installAsItIs(
  request: PnpmRequest,
  before: Files,
  install: (run: NpmRun) => Promise<Ending>,
): Promise<Outcome> {
  const { line, root, run } = request;
  const folders = lockfileFolders(before);
  const refused = await judgeAll(request, root, folders.length > 0 ? folders : ['']);
  if (refused !== null) return refused;
  await requireSame(root, before);
  const args = line.effect === 'install' ? frozenArguments(line) : withoutDir(line);
  return { kind: 'ended', ending: await install({ ...run, args }) };
}

function withoutDir({ words }: PnpmLine): readonly string[] {
  return words
    .filter(({ kind, name }) => kind === 'word' || (name !== 'dir' && name !== 'prefix'))
    .flatMap(({ given }) => given);
}

async function judgeAll(
  request: PnpmRequest,
  root: string,
  folders: readonly string[],
): Promise<Outcome | null> {
  for (const folder of folders) {
    const { status } = await request.judge(path.join(root, folder));
    if (status !== 0) return { kind: 'refused', status };
  }
  return null;
}

function lockfileFolders(files: Files): readonly string[] {
  return [...files.keys()]
    .filter((file) => path.basename(file) === LOCKFILE)
    .map((file) => path.dirname(file));
}

/** Without dependencies pnpm writes no lockfile on some versions. */
function asksForSomething(files: Files): boolean {
  const manifests = [...files].filter(([file]) => path.basename(file) === 'package.json');
  return manifests.some(([, bytes]) =>
    /"(?:d|devD|optionalD|peerD)ependencies"\s*:\s*\{\s*"/.test(String(bytes)),
  );
}

async function requireSame(root: string, before: Files): Promise<void> {
  const now = await pnpmFiles(root);
  const isSame =
    now.size === before.size && [...now].every(([file, bytes]) => before.get(file)?.equals(bytes) === true);
  if (!isSame)
    throw new GuardError('PROJECT_CHANGED', 'the project changed while it was judged', 'Run it again.');
}

async function put(file: string, bytes: Buffer, before: Buffer | undefined): Promise<void> {
  if (before?.equals(bytes) === true) return;
  await mkdir(path.dirname(file), { recursive: true });
  await putInPlace(file, bytes);
}
