import { guardExec } from './guard-exec.js';
import { guardGlobal, installJudged } from './guard-global.js';
import { guardLink } from './guard-link.js';
import { guardProject } from './guard-project.js';
import { npmCommand } from './npm-commands.js';
import type { GuardRequest, Outcome } from './outcome.js';
import { lockProject } from './project-lock.js';
import { becomeNpm } from './spawn-npm.js';

/** Runs a command line of npm: as it is where it installs nothing, guarded where it does. */
export async function guardNpm(request: GuardRequest): Promise<Outcome> {
  const { line, run, argv } = request;
  if (line.effect === 'none') {
    request.ready.dismiss();
    return { kind: 'ended', ending: await becomeNpm({ ...run, args: commandFirst(line, argv) }) };
  }
  if (line.effect === 'exec' || line.effect === 'init') return await guardExec(request);
  // What goes needs no verdict; what npm would put in beside, where something is missing, is not there to be had.
  if (line.isGlobal && npmCommand(line.remain[0] ?? '') === 'uninstall')
    return await installJudged([], request);
  const isAll = line.effect === 'update';
  if (line.isGlobal && (line.operands.length > 0 || isAll)) return await guardGlobal(request);
  const lock = await lockProject(request.cacheDir, line.localPrefix, run.env);
  try {
    const locked = { ...request, run: { ...run, env: { ...run.env, ...lock.env } } };
    const isLink = line.effect === 'link' || line.effect === 'reify';
    return isLink ? await guardLink(locked) : await guardProject(locked, lock);
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

/**
 * The command line with its command as the first word. An npm of another version than the library that has read it may
 * take a word before it for the value of an option, and the next one for the command.
 */
function commandFirst({ remain }: GuardRequest['line'], argv: readonly string[]): readonly string[] {
  const [word] = remain;
  const at = word === undefined ? -1 : argv.indexOf(word);
  return word === undefined || at < 1 ? argv : [word, ...argv.slice(0, at), ...argv.slice(at + 1)];
}
