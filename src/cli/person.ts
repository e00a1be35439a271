import { agentInEnvironment } from '../agent/agent-environment.js';
import { GuardError } from '../errors.js';
import { appendOverride } from '../overrides/override-log.js';
import { sanitize } from '../report/sanitize.js';
import { askYes, canAsk } from './ask-yes.js';
import type { Io } from './io.js';

/** What is about to be let through or taken out. */
export type Override = {
  readonly command: string;
  readonly names: readonly string[];
  readonly reason: string | null;
  /** What to do where nobody can be asked here. */
  readonly instead: string;
};

/**
 * Whether an exception may be written. At a terminal somebody is asked, whatever the options say. Without one it goes on for
 * scripts and CI, whose authors answer for them, but not for what a coding agent starts. What comes of it is logged.
 *
 * @returns `false` = somebody said no
 * @throws GuardError USAGE where a coding agent starts it and there is no terminal
 */
export async function letPersonDecide(override: Override, question: string, io: Io): Promise<boolean> {
  await refuseToAgent(override, io);
  const confirmed = canAsk(io);
  if (confirmed && !(await askYes(question, io))) return false;
  await noteOverride(override, { confirmed, outcome: 'done' }, io);
  return true;
}

/** @throws GuardError USAGE where a coding agent starts this and there is no terminal to ask on; that is logged */
export async function refuseToAgent(override: Override, io: Io): Promise<void> {
  const agent = agentInEnvironment(io.env);
  if (agent === null || canAsk(io)) return;
  await noteOverride(override, { confirmed: false, outcome: 'refused' }, io);
  const message = `${override.command} is for a person to decide: ${agent} started it, and there is no terminal to ask on`;
  throw new GuardError('USAGE', message, override.instead);
}

/** Writes into the log; where that can't be done, it is said. */
async function noteOverride(
  { command, names, reason }: Override,
  how: { readonly confirmed: boolean; readonly outcome: 'done' | 'refused' },
  io: Io,
): Promise<void> {
  const { env, cwd } = io;
  const time = new Date(io.nowMs()).toISOString();
  const user = env['USER'] ?? env['LOGNAME'] ?? env['USERNAME'] ?? null;
  const entry = { time, user, command, cwd, names, reason, agent: agentInEnvironment(env), ...how };
  await appendOverride(io, entry).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    io.stderr.write(`phantom-guard-install: the log of overrides could not be written: ${sanitize(why)}\n`);
  });
}
