import type { Agent } from '../../agent/hook-call.js';
import { runningPackage } from '../../wiring/package-root.js';
import { planAgent, unplanAgent } from '../../wiring/plan-agent.js';
import { carryOut, harmless } from '../carry-out-plan.js';
import type { Io } from '../io.js';
import type { CommandResult } from '../main.js';
import type { CheckOptions } from '../options.js';

/**
 * `agent-hook --install AGENT`: writes the hook into the settings of the project in this directory, or with `--global` into
 * those of the user; `--undo` takes it out. The change is shown first.
 */
export async function runAgentInstall(agent: Agent, options: CheckOptions, io: Io): Promise<CommandResult> {
  const wired = { agent, dir: options.global ? null : io.cwd, env: io.env };
  const plan = options.undo
    ? await unplanAgent(wired)
    : await planAgent(wired, runningPackage(), process.execPath);
  if (plan.changes.length === 0)
    return told(
      options.undo
        ? 'Not wired: there is nothing to take out.'
        : 'Already wired: there is nothing to change.',
    );
  const words = [
    'agent-hook',
    '--install',
    agent,
    ...(options.global ? ['--global'] : []),
    ...(options.undo ? ['--undo'] : []),
  ];
  if (!(await carryOut(plan, words.join(' '), options, io)))
    return { text: 'Nothing was written.\n', status: 2 };
  const notes = options.quiet ? [] : plan.notes.map((note) => `- ${harmless(note)}`);
  return told([options.undo ? 'Taken out.' : 'Wired.', ...notes].join('\n'));
}

function told(text: string): CommandResult {
  return { text: `${text}\n`, status: 0 };
}
