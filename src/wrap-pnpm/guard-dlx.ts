import { createHash } from 'node:crypto';
import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { exists } from '../wrap/exists.js';
import { initializerSpec } from '../wrap/initializer.js';
import type { Outcome } from '../wrap/outcome.js';
import { programOf } from '../wrap/program-of.js';
import { readIfThere } from '../wrap/project-files.js';
import { waitForProject } from '../wrap/project-lock.js';
import { askNpm, becomeNpm, becomeProgram } from '../wrap/spawn-npm.js';
import { makeStagingPlace } from '../wrap/staging-place.js';
import type { PnpmRequest } from './pnpm-request.js';

const [LOCKFILE, MANIFEST, SETTINGS, NPMRC] = [
  'pnpm-lock.yaml',
  'package.json',
  'pnpm-workspace.yaml',
  '.npmrc',
];
/** An install in a folder of ours that has come to its end. */
const COMPLETE = '.phantom-guard-complete';

/**
 * `pnpm dlx`, `pnpx`, `pnpm create`: the packages are resolved in an empty project of ours, judged, installed from just
 * that lockfile into a folder of the cache, and the program is run from there.
 */
export async function guardDlx(request: PnpmRequest): Promise<Outcome> {
  const { line, run, argv } = request;
  const specs = dlxSpecs(request);
  if (specs.length === 0) return { kind: 'ended', ending: await becomeNpm({ ...run, args: argv }) };
  const place = await makeStagingPlace();
  try {
    const manifest = {
      name: 'phantom-guard-install-copy',
      private: true,
      pnpm: { onlyBuiltDependencies: builds(request, specs) },
    };
    await writeFile(path.join(place, MANIFEST), `${JSON.stringify(manifest)}\n`);
    await writeFile(path.join(place, SETTINGS), settingsOf(builds(request, specs)));
    const npmrc = await readIfThere(path.join(request.root, NPMRC));
    if (npmrc !== null) await writeFile(path.join(place, NPMRC), npmrc, { mode: 0o600 });
    const args = ['add', ...specs, ...request.registryWords, '--lockfile-only', '--ignore-scripts', '-w'];
    const said = await askNpm({ ...run, cwd: place, args });
    if (said.status !== 0 || said.signal !== null) return unresolved(said);
    const lockfile = await readIfThere(path.join(place, LOCKFILE));
    if (lockfile === null) return { kind: 'not-resolved', root: place };
    const { status } = await request.judge(place);
    if (status !== 0) return { kind: 'refused', status };
    const key = createHash('sha256')
      .update(lockfile)
      .update(run.program)
      .update(JSON.stringify(builds(request, specs)));
    const folder = path.join(request.cacheDir, 'exec', `pnpm-${key.digest('hex').slice(0, 32)}`);
    const lock = await waitForProject(request.cacheDir, folder);
    const failed = await settle(place, folder, npmrc, request).finally(lock.release);
    if (failed !== null) return failed;
    return await runFrom(folder, await firstName(folder), line.packages.length > 0, request);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

/** What the command line asks to be resolved. */
export function dlxSpecs({ line }: Pick<PnpmRequest, 'line'>): readonly string[] {
  if (line.packages.length > 0) return line.packages;
  const [first] = line.operands;
  if (first === undefined) return [];
  return [line.effect === 'create' ? initializerSpec(first) : first];
}

/** pnpm lets the packages that dlx names run their scripts, and those of `--allow-build`. */
function builds({ line }: PnpmRequest, specs: readonly string[]): readonly string[] {
  return [...new Set([...specs.map((spec) => spec.replace(/(?<=.)@.*$/, '')), ...line.allowedBuilds])];
}

function settingsOf(names: readonly string[]): string {
  const lines = names.map((name) => `  ${JSON.stringify(name)}: true\n`).join('');
  return `packages: []\nallowBuilds:\n${lines}`;
}

/** Installs the judged lockfile there, if it is not there; `null` when it is. */
async function settle(
  from: string,
  folder: string,
  npmrc: Buffer | null,
  request: PnpmRequest,
): Promise<Outcome | null> {
  if (await exists(path.join(folder, COMPLETE))) return null;
  await mkdir(path.dirname(folder), { recursive: true, mode: 0o700 });
  const arriving = `${folder}.${process.pid}`;
  for (const there of [arriving, folder]) await rm(there, { recursive: true, force: true });
  await cp(from, arriving, { recursive: true, filter: (file) => path.basename(file) !== NPMRC });
  await rename(arriving, folder);
  const copy = path.join(folder, NPMRC);
  if (npmrc !== null) await writeFile(copy, npmrc, { mode: 0o600 });
  const args = ['install', '--frozen-lockfile', ...request.registryWords, '--config.strict-dep-builds=false'];
  const said = await askNpm({ ...request.run, cwd: folder, args }).finally(() => rm(copy, { force: true }));
  if (said.status !== 0 || said.signal !== null) return unresolved(said);
  await writeFile(path.join(folder, COMPLETE), '');
  return null;
}

function unresolved(said: Awaited<ReturnType<typeof askNpm>>): Outcome {
  return { kind: 'unresolved', said: { ...said, stderr: `${said.stdout}${said.stderr}` } };
}

async function firstName(folder: string): Promise<string> {
  const { dependencies } = JSON.parse(String(await readIfThere(path.join(folder, MANIFEST)))) as {
    readonly dependencies?: Record<string, string>;
  };
  return Object.keys(dependencies ?? {})[0] ?? '';
}

async function runFrom(
  folder: string,
  name: string,
  isNamed: boolean,
  { line, run, userDir }: PnpmRequest,
): Promise<Outcome> {
  const bin = path.join(folder, 'node_modules', '.bin');
  const env = { ...run.env, PATH: [bin, run.env['PATH']].join(path.delimiter), npm_command: 'run-script' };
  const here = { ...run, env, cwd: userDir };
  if (line.isShell) {
    const ending = await becomeProgram({ ...here, program: 'sh', args: ['-c', line.operands.join(' ')] });
    return { kind: 'ended', ending };
  }
  const [first = '', ...args] = line.operands;
  const program = isNamed && line.effect === 'dlx' ? first : await programOf(folder, name);
  if (program === null) return { kind: 'no-program', name };
  const there = path.join(bin, program);
  const file = (await exists(there)) ? there : program;
  return { kind: 'ended', ending: await becomeProgram({ ...here, program: file, args }) };
}
