import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { npmCommand } from './npm-commands.js';
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
  const staging = await stageProject(line.localPrefix, line.operands.filter(isRelative));
  const isElsewhere = line.isPrefixGiven || path.relative(line.localPrefix, run.cwd).startsWith('..');
  return {
    ...staging,
    argv: withoutTests(line, argv),
    specs: line.operands,
    cwd: isElsewhere ? staging.root : staging.placeOf(run.cwd),
    prefix: isElsewhere ? staging.root : null,
  };
}

/** A folder or tarball that npm looks for beside the project. */
function isRelative(operand: string): boolean {
  return (
    /^(?:file:)?\.{1,2}(?:\/|$)/.test(operand) || (/^file:[^/~]/.test(operand) && !operand.includes('://'))
  );
}

/** In the copy there is nothing to test. */
function withoutTests({ remain }: GuardRequest['line'], argv: readonly string[]): readonly string[] {
  const [word = ''] = remain;
  const at = npmCommand(word) === 'install-test' ? argv.indexOf(word) : -1;
  return at < 0 ? argv : argv.with(at, 'install');
}

/** Else npm takes the folder's, and no lockfile is ever that of another run. */
const NAME = 'phantom-guard-install-copy';

/**
 * An empty project that asks for `specs`; npm's configuration of the user's project counts, where npm would read it.
 *
 * @param npmrc the `.npmrc` of that project; `null` = none
 * @param from where the user names folders and tarballs from
 */
export async function stageSpecs(
  given: readonly string[],
  npmrc: string | null,
  from: string,
): Promise<Staged> {
  const specs = given.map((spec) =>
    isRelative(spec) ? path.resolve(from, spec.replace(/^file:/, '')) : spec,
  );
  const staging = await stageNothing();
  await writeFile(
    path.join(staging.root, 'package.json'),
    `${JSON.stringify({ name: NAME, private: true })}\n`,
  );
  const settings = npmrc === null ? null : await readFile(npmrc).catch(() => null);
  if (settings !== null) await writeFile(path.join(staging.root, '.npmrc'), settings, { mode: 0o600 });
  const argv = ['install', ...specs];
  return { ...staging, argv, specs, cwd: staging.root, prefix: staging.root };
}
