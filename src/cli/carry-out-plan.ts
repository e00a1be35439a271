import { agentInEnvironment } from '../agent/agent-environment.js';
import { GuardError } from '../errors.js';
import { sanitize } from '../report/sanitize.js';
import { applyPlan } from '../wiring/apply-plan.js';
import type { Plan } from '../wiring/change.js';
import { renderChange } from '../wiring/render-change.js';
import { askYes, canAsk } from './ask-yes.js';
import type { Io } from './io.js';
import type { CheckOptions } from './options.js';
import { refuseToAgent } from './person.js';

/**
 * Shows a plan, and writes it when somebody agrees or `--yes` was given. To take the guard out is for a person to decide: what a
 * coding agent starts is refused without a terminal, and asked on one, whatever the options say.
 *
 * @param command for the log and for messages
 * @returns `false` = somebody said no
 * @throws GuardError USAGE where there is nobody to ask
 */
export async function carryOut(plan: Plan, command: string, options: CheckOptions, io: Io): Promise<boolean> {
  const isForPerson = options.undo && agentInEnvironment(io.env) !== null;
  if (isForPerson) {
    const instead = `Ask a person to run it in a terminal of their own: phantom-guard-install ${command}`;
    await refuseToAgent({ command, names: [], reason: null, instead }, io);
  }
  await showPlan(plan, options, io);
  if (isForPerson || !options.yes) {
    if (!canAsk(io)) throw nobodyToAsk();
    if (!(await askYes('Write this?', io))) return false;
  }
  await applyPlan(plan);
  return true;
}

/** To stdout as the result is, unless that is a document. */
async function showPlan(plan: Plan, options: CheckOptions, io: Io): Promise<void> {
  const lines = plan.changes.flatMap((change) => renderChange(change, options.global ? null : io.cwd));
  const text = `${lines.map(harmless).join('\n')}\n`;
  if (options.format === 'json' || options.output !== null) io.stderr.write(text);
  else await io.stdout.write(text);
}

/** A line of a file, made harmless for a terminal; tabs stay. */
export function harmless(line: string): string {
  return line.split('\t').map(sanitize).join('\t');
}

function nobodyToAsk(): GuardError {
  return new GuardError(
    'USAGE',
    'there is no terminal to ask on, and nothing was written',
    'Look at the change, then run the same command with --yes.',
  );
}
