import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ownFolder } from '../doctor/own-files.js';
import { HOOK_FILE } from '../doctor/read-hooks.js';
import { makeRunPlace, type RunPlace } from './environment.js';
import type { SelftestRegistry } from './registry.js';
import { runProgram } from './run-program.js';
import { SUBJECT_FILE, type Subject } from './subjects.js';
import { projectFiles, type Way } from './ways.js';

/** What one run left behind. */
export type Observation = {
  /** `null` = it had to be ended. */
  readonly status: number | null;
  readonly wasDownloaded: boolean;
  readonly isInPlace: boolean;
  readonly hasRun: boolean;
  /** Everything that was printed. */
  readonly text: string;
};

export type Attempt = {
  readonly way: Way;
  readonly subject: Subject;
  /** Does not exist yet. */
  readonly folder: string;
  readonly registry: SelftestRegistry;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The project whose hooks are tried. */
  readonly hooksOf: string;
  readonly signal: AbortSignal;
};

/** Tries to get the subject onto this machine, and takes away again what came of it. */
export async function tryWay(attempt: Attempt): Promise<Observation> {
  const { way, subject, folder, registry, signal } = attempt;
  const place = await makeRunPlace(folder, registry.url, attempt.env);
  await writeProject(attempt, place);
  registry.takeDownloads(subject.name);
  const words = way.args(subject.name);
  const command =
    way.kind === 'wrapper'
      ? { file: process.execPath, args: [cliFile(), '--downloads-url', 'none', way.program, ...words] }
      : { file: way.program, args: words };
  const { status, text } = await runProgram({ ...command, cwd: place.project, env: place.env, signal });
  const observation = {
    status,
    text,
    wasDownloaded: registry.takeDownloads(subject.name) > 0,
    isInPlace: await isBelow(folder, SUBJECT_FILE),
    hasRun: existsSync(place.mark),
  };
  await rm(folder, { recursive: true, force: true });
  return observation;
}

/** The command line of this very package, which is not always what started this process. */
export function cliFile(): string {
  return path.join(ownFolder(), 'dist', 'cli.js');
}

async function writeProject(
  { way, subject, registry, hooksOf }: Attempt,
  { project }: RunPlace,
): Promise<void> {
  const { manifest, lockfile } = projectFiles(way, subject, registry.url);
  const wired = way.kind === 'hooks' ? await copyHooks(hooksOf, project) : {};
  await writeFile(path.join(project, 'package.json'), JSON.stringify({ ...manifest, ...wired }, null, 2));
  if (lockfile !== null)
    await writeFile(path.join(project, 'package-lock.json'), JSON.stringify(lockfile, null, 2));
}

/** What `init` wrote into the project in question: the hook, the script that calls it, and one line of .npmrc. */
async function copyHooks(from: string, to: string): Promise<object> {
  const file = path.join(to, HOOK_FILE);
  await mkdir(path.dirname(file), { recursive: true });
  await copyFile(path.join(from, HOOK_FILE), file);
  const npmrc = await readFile(path.join(from, '.npmrc'), 'utf8').catch(() => '');
  const lines = npmrc.split(/\r?\n/).filter((line) => /^\s*strict-allow-scripts\s*=/.test(line));
  await writeFile(path.join(to, '.npmrc'), lines.map((line) => `${line}\n`).join(''));
  return { scripts: { preinstall: 'node .phantom-guard/preinstall.cjs' } };
}

async function isBelow(folder: string, name: string): Promise<boolean> {
  const files = await readdir(folder, { recursive: true }).catch(() => []);
  return files.some((file) => path.basename(file) === name);
}
