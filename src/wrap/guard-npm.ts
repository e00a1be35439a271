import { guardExec } from './guard-exec.js';
import { guardGlobal } from './guard-global.js';
import { guardLink } from './guard-link.js';
import { guardProject } from './guard-project.js';
import type { GuardRequest, Outcome } from './outcome.js';
import { lockProject } from './project-lock.js';
import { becomeNpm } from './spawn-npm.js';

/** Runs a command line of npm: as it is where it installs nothing, guarded where it does. */
export async function guardNpm(request: GuardRequest): Promise<Outcome> {
  const { line, run, argv } = request;
  if (line.effect === 'none') return { kind: 'ended', ending: await becomeNpm({ ...run, args: argv }) };
  if (line.effect === 'exec' || line.effect === 'init') return await guardExec(request);
  const isAll = line.effect === 'update';
  if (line.isGlobal && (line.operands.length > 0 || isAll)) return await guardGlobal(request);
  const lock = await lockProject(request.cacheDir, line.localPrefix, run.env);
  try {
    const locked = { ...request, run: { ...run, env: { ...run.env, ...lock.env } } };
    return line.effect === 'link' ? await guardLink(locked) : await guardProject(locked, lock);
  } finally {
    await lock.release();
  }
}

/** The specs of a command line that a registry will be asked about, to be judged before npm asks. */
export function requestedSpecs({ line }: Pick<GuardRequest, 'line'>): readonly string[] {
  const isAdded = line.effect === 'install' || line.effect === 'link';
  return isAdded
    ? line.operands.filter((operand) => !/^(?:[./~]|[a-z+]+:\/\/|file:|link:)/i.test(operand))
    : [];
}
