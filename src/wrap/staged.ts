import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { GuardRequest } from './outcome.js';
import { type Staging, stageNothing, stageProject } from './staging.js';

/** A copy in which npm is to resolve, and the command line for it. */
export type Staged = Staging & {
  readonly cwd: string;
  readonly argv: readonly string[];
  /** The words of `argv` that are packages. */
  readonly specs: readonly string[];
  /** The copy's folder where npm would not find it by itself. */
  readonly prefix: string | null;
};

/** A copy of the project, and the user's command line. */
export async function stageRequest({ line, argv, run }: GuardRequest): Promise<Staged> {
  const staging = await stageProject(line.localPrefix);
  const isElsewhere = path.relative(line.localPrefix, run.cwd).startsWith('..');
  return {
    ...staging,
    argv,
    specs: line.operands,
    cwd: isElsewhere ? staging.root : staging.placeOf(run.cwd),
    prefix: isElsewhere ? staging.root : null,
  };
}

/**
 * An empty project that asks for `specs`; npm's configuration of the user's project counts, where npm would read it.
 *
 * @param npmrc the `.npmrc` of that project; `null` = none
 */
export async function stageSpecs(specs: readonly string[], npmrc: string | null): Promise<Staged> {
  const staging = await stageNothing();
  await writeFile(path.join(staging.root, 'package.json'), `${JSON.stringify({ private: true })}\n`);
  const settings = npmrc === null ? null : await readFile(npmrc).catch(() => null);
  if (settings !== null) await writeFile(path.join(staging.root, '.npmrc'), settings, { mode: 0o600 });
  const argv = ['install', ...specs];
  return { ...staging, argv, specs, cwd: staging.root, prefix: staging.root };
}
